package org.smapp.launcher;

import java.nio.file.Path;

/** Maven coordinates of a bundle: {@code group:artifact[:type[:classifier]]:version}. Immutable. */
record BundleId(String group, String artifact, String type, String classifier, String version) {

    /** @throws IllegalArgumentException if the text has another form */
    static BundleId parse(String text) {
        String[] parts = text.split(":", -1);
        return switch (parts.length) {
            case 3 -> new BundleId(parts[0], parts[1], "jar", "", parts[2]);
            case 4 -> new BundleId(parts[0], parts[1], parts[2], "", parts[3]);
            case 5 -> new BundleId(parts[0], parts[1], parts[2], parts[3], parts[4]);
            default -> throw new IllegalArgumentException("'" + text + "' is not group:artifact:version");
        };
    }

    /** Returns the location under which the framework knows the bundle: the same in every installation. */
    String location() {
        String base = "mvn:" + group + "/" + artifact + "/" + version;
        return classifier.isEmpty() ? base : base + "/" + type + "/" + classifier;
    }

    /** Returns the file in a repository of Maven's layout. */
    Path file(Path repository) {
        String suffix = classifier.isEmpty() ? "" : "-" + classifier;
        return repository
                .resolve(group.replace('.', '/'))
                .resolve(artifact)
                .resolve(version)
                .resolve(artifact + "-" + version + suffix + "." + type);
    }
}
