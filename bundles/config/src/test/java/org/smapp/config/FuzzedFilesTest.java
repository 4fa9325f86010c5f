package org.smapp.config;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is in a file: reading it ends, and what is wrong is said in sentences that fit on a line. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class FuzzedFilesTest {

    private static final int FILES = 100_000;
    private static final int LONGEST_SENTENCE = 300;
    private static final byte[] PLAIN = """
            # f\u00fcr alle
            ranking = 50
            side = "any"
            ports = [ "443", 80, \\
               8443 ]
            stuckCallMs = I"1000"
            share: 0.5
            giveBack = ${smapp.data}
            controller = full\\u006desh
            """.getBytes(StandardCharsets.UTF_8);
    private static final byte[] TELLING = "=:#![]()\"\\,${}\r\n \0\u00ff".getBytes(StandardCharsets.ISO_8859_1);

    @TempDir
    private Path folder;

    @Test
    void shouldReadOrRefuseEach() {
        Random random = new Random(1);
        int refused = 0;
        for (int i = 0; i < FILES; i++) {
            byte[] file = PLAIN.clone();
            for (int j = random.nextInt(8); j >= 0; j--) {
                file[random.nextInt(file.length)] =
                        random.nextBoolean() ? TELLING[random.nextInt(TELLING.length)] : (byte) random.nextInt(256);
            }
            List<String> problems = problems(file);
            refused += problems.isEmpty() ? 0 : 1;
            for (String each : problems) {
                assertFalse(each.isBlank() || each.length() > LONGEST_SENTENCE, each);
                assertTrue(each.chars().noneMatch(Character::isISOControl), each);
            }
        }
        assertTrue(refused > FILES / 2, refused + " refused");
    }

    @Test
    void shouldReadTheWorstOfTheLargest() throws IOException, WrongConfiguration {
        for (String worst : List.of("\\", "\\u0041", "a,", "\"", "[", "${", "x = [\n", "x = 1\n", "k = \\\n")) {
            Path file =
                    Files.writeString(folder.resolve("file"), ("x = " + worst.repeat(70_000)).substring(0, 1 << 16));
            FileParser.parse(Intake.read(file), name -> null);
        }
    }

    private static List<String> problems(byte[] file) {
        try {
            ParsedFile parsed = FileParser.parse(ConfigText.decode(file), name -> "true");
            List<String> wrong =
                    ObjectClassTest.RULE.check(Intake.values(parsed)).problems();
            return parsed.problems().isEmpty() ? wrong : parsed.problems();
        } catch (WrongConfiguration e) {
            return List.of(e.getMessage());
        }
    }
}
