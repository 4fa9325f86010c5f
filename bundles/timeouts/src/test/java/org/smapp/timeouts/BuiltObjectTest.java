package org.smapp.timeouts;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The object that is shipped is what its source says: where the compiler is (clang 14), it is made again, to the same bytes. */
final class BuiltObjectTest {

    @TempDir
    Path folder;

    @Test
    void shouldBeBuiltFromTheSource() throws Exception {
        assumeTrue(
                isInstalled("clang-14") && isInstalled("llvm-strip-14"), "apt-get install clang-14 llvm-14 to compare");
        Path built = folder.resolve("timeouts.bpf.o");
        Process build = new ProcessBuilder("./build-bpf", built.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(build.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, build.waitFor(), output);

        assertArrayEquals(
                Files.readAllBytes(built), BpfTimeouts.program(), "run bundles/timeouts/build-bpf and commit");
    }

    @Test
    void shouldNameNoPathOfTheMachineItWasBuiltOn() throws Exception {
        String text = new String(BpfTimeouts.program(), StandardCharsets.ISO_8859_1);

        assertFalse(text.contains(Path.of("").toAbsolutePath().toString()));
        assertFalse(text.contains("/home/") || text.contains("/usr/"));
    }

    private static boolean isInstalled(String program) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(each -> Files.isExecutable(Path.of(each, program)));
    }
}
