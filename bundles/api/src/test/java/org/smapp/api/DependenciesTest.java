package org.smapp.api;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;

/** The vocabulary depends on nothing: whoever writes a controller needs this bundle and no other. */
final class DependenciesTest {

    @Test
    void shouldImportNothingButTheJdkAndItself() throws Exception {
        try (InputStream manifest = Files.newInputStream(Path.of("target/classes/META-INF/MANIFEST.MF"))) {
            String imports = new Manifest(manifest).getMainAttributes().getValue("Import-Package");
            for (String each : imports.replaceAll("\"[^\"]*\"", "").split(",")) {
                assertTrue(each.startsWith("java.") || each.startsWith("org.smapp.api"), each);
            }
        }
    }
}
