package org.smapp.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.osgi.framework.BundleActivator;

/** Makes bundles without content, for the deploy folder. */
final class TestBundle {

    private TestBundle() {}

    /** Puts the file there in one step, as a careful operator does. */
    static void put(Path file, String symbolicName, String version, String... imports) throws IOException {
        put(file, manifest(symbolicName, version, imports), null);
    }

    /** Puts a bundle there with a class of this test that the framework calls when it starts and stops. */
    static void put(Path file, String symbolicName, String version, Class<? extends BundleActivator> activator)
            throws IOException {
        Manifest manifest = manifest(symbolicName, version, "org.osgi.framework");
        manifest.getMainAttributes().putValue("Bundle-Activator", activator.getName());
        put(file, manifest, activator);
    }

    private static void put(Path file, Manifest manifest, Class<?> content) throws IOException {
        Path whole = Files.createTempFile(file.getParent().getParent(), "bundle", ".part");
        try (OutputStream out = Files.newOutputStream(whole);
                JarOutputStream jar = new JarOutputStream(out, manifest)) {
            if (content != null) {
                String name = content.getName().replace('.', '/') + ".class";
                jar.putNextEntry(new ZipEntry(name));
                try (InputStream code = content.getClassLoader().getResourceAsStream(name)) {
                    code.transferTo(jar);
                }
                jar.closeEntry();
            }
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
