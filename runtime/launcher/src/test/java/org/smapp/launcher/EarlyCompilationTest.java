package org.smapp.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The packages that lib/java.options has compiled early, against those that there are: code on the way from an event to its
 * command must not become slow because it was moved.
 */
final class EarlyCompilationTest {

    private static final Path TOP = Path.of("..", "..");
    private static final Path OPTIONS = TOP.resolve("runtime/src/main/assembly/lib/java.options");
    private static final Pattern EARLY =
            Pattern.compile("^-XX:CompileCommand=CompileThresholdScaling,([\\w.]+)\\.\\*::\\*,", Pattern.MULTILINE);

    /** The bundles that an event passes, and what in them it does not pass. */
    private static final List<String> PASSED = List.of("api", "linux", "netlink", "core");

    private static final Set<String> NOT_PASSED =
            Set.of("org.smapp.core", "org.smapp.core.measure", "org.smapp.core.memory", "org.smapp.core.publish");

    private static Set<String> patterns() throws IOException {
        return EARLY.matcher(Files.readString(OPTIONS))
                .results()
                .map(each -> each.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> packages() throws IOException {
        Set<String> found = new TreeSet<>();
        for (String bundle : PASSED) {
            Path sources = TOP.resolve("bundles").resolve(bundle).resolve("src/main/java");
            try (Stream<Path> files = Files.walk(sources)) {
                files.filter(each -> each.toString().endsWith(".java"))
                        .filter(each -> !each.endsWith("package-info.java"))
                        .map(each -> sources.relativize(each.getParent()).toString())
                        .forEach(each -> found.add(each.replace('/', '.')));
            }
        }
        return found;
    }

    /** As the compiler does: what begins with the words before the star. */
    private static boolean matches(String pattern, String name) {
        return (name + ".").startsWith(pattern + ".");
    }

    @Test
    void shouldNameOnlyWhatThereIs() throws IOException {
        Set<String> idle = patterns();
        assertFalse(idle.isEmpty(), "no package is compiled early");
        for (String each : packages()) {
            idle.removeIf(pattern -> matches(pattern, each));
        }
        assertEquals(Set.of(), idle, "java.options names packages that no class is in");
    }

    @Test
    void shouldNameAllThatAnEventPasses() throws IOException {
        Set<String> late = packages();
        late.removeAll(NOT_PASSED);
        for (String pattern : patterns()) {
            late.removeIf(each -> matches(pattern, each));
        }
        assertEquals(
                Set.of(),
                late,
                "packages on the way of an event that java.options does not name: add them there,"
                        + " or here to those that an event does not pass");
    }
}
