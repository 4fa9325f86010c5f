package org.smapp.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What the framework is made of: the feature files of a distribution, put together. Immutable. */
record Composition(List<Feature.Entry> bundles, Map<String, String> frameworkProperties) {

    /**
     * Reads the feature files of a folder.
     *
     * @param wanted tells by the file's name without {@code .json} whether the feature is part of it
     */
    static Composition read(Path folder, Predicate<String> wanted) throws StartException {
        List<Feature.Entry> bundles = new ArrayList<>();
        Map<String, String> properties = new HashMap<>();
        for (Path file : featureFiles(folder)) {
            String name = file.getFileName().toString().replace(".json", "");
            if (wanted.test(name)) {
                Feature feature = Feature.read(file);
                bundles.addAll(feature.bundles());
                properties.putAll(feature.frameworkProperties());
            }
        }
        return new Composition(List.copyOf(bundles), Map.copyOf(properties));
    }

    int highestStartLevel() {
        return bundles.stream().mapToInt(Feature.Entry::startLevel).max().orElse(1);
    }

    private static List<Path> featureFiles(Path folder) throws StartException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new StartException("There are no feature files in " + folder + "; install SMAPP again.", e);
        }
    }
}
