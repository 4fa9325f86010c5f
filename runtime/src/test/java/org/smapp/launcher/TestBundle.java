package org.smapp.launcher;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Makes bundles without content, for the deploy folder. */
final class TestBundle {

    private TestBundle() {}

    /** Puts the file there in one step, as a careful operator does. */
    static void put(Path file, String symbolicName, String version, String... imports) throws IOException {
        Path whole = Files.createTempFile(file.getParent().getParent(), "bundle", ".part");
        try (OutputStream out = Files.newOutputStream(whole);
                JarOutputStream jar = new JarOutputStream(out, manifest(symbolicName, version, imports))) {
            jar.finish();
        }
        Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static Manifest manifest(String symbolicName, String version, String... imports) {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.putValue("Bundle-ManifestVersion", "2");
        attributes.putValue("Bundle-SymbolicName", symbolicName);
        attributes.putValue("Bundle-Version", version);
        if (imports.length > 0) {
            attributes.putValue("Import-Package", String.join(",", imports));
        }
        return manifest;
    }
}
