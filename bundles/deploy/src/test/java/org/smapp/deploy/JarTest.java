package org.smapp.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JarTest {

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("some.jar");
    }

    @Test
    void shouldReadWhatABundleIs() throws Exception {
        write("Bundle-SymbolicName", "org.some;singleton:=true", "Bundle-Version", "1.2.0");

        assertEquals("org.some 1.2.0", Jar.read(file).identity());
        assertEquals("some.jar", Jar.file(Jar.read(file).location()));
    }

    @Test
    void shouldNameAnEmptyFile() throws IOException {
        Files.createFile(file);

        assertRefused("is empty");
    }

    @Test
    void shouldNameGarbage() throws IOException {
        Files.write(file, new byte[3000]);

        assertRefused("is no whole jar");
    }

    @Test
    void shouldNameAFileThatIsCutOffAnywhere() throws IOException {
        write("Bundle-SymbolicName", "org.some");
        byte[] whole = Files.readAllBytes(file);
        for (int length = 1; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));

            assertRefused("is no whole jar");
        }
    }

    @Test
    void shouldNameAChangedByteOfAnEntry() throws IOException {
        write("Bundle-SymbolicName", "org.some");
        byte[] changed = Files.readAllBytes(file);
        changed[changed.length / 2] ^= 0x55;
        Files.write(file, changed);

        assertRefused("is no whole jar");
    }

    @Test
    void shouldNameAJarThatIsNoBundle() throws IOException {
        write();

        assertRefused("is no OSGi bundle");
    }

    @Test
    void shouldNameAVersionThatIsNone() throws IOException {
        write("Bundle-SymbolicName", "org.some", "Bundle-Version", "next");

        assertRefused("has the Bundle-Version next");
    }

    @Test
    void shouldGiveAnotherContentAnotherLocation() throws Exception {
        write("Bundle-SymbolicName", "org.some");
        String before = Jar.read(file).location();
        write("Bundle-SymbolicName", "org.some", "Bundle-Version", "1.0.1");

        assertNotEquals(before, Jar.read(file).location());
    }

    private void assertRefused(String sentence) {
        String why =
                assertThrows(Jar.UnusableException.class, () -> Jar.read(file)).getMessage();
        assertTrue(why.startsWith(sentence), why);
    }

    private void write(String... headers) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
        for (int i = 0; i < headers.length; i += 2) {
            manifest.getMainAttributes().putValue(headers[i], headers[i + 1]);
        }
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file), manifest)) {
            jar.putNextEntry(new ZipEntry("content"));
            jar.write(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20});
            jar.write("some text that does not shrink much 0192837465"
                    .repeat(3)
                    .getBytes(java.nio.charset.StandardCharsets.UTF_8));
            jar.closeEntry();
        }
    }
}
