package org.smapp.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.xml.sax.SAXException;

/** The table of keys for operators says what the bundles' metatypes say. It is not written by hand: paste what this test prints. */
final class ConfigurationTableTest {

    private static final Path HOME = Path.of("../runtime/target/smapp");
    private static final Path TABLE = Path.of("../config-admin/README.md");
    private static final String HEADING = "| PID | key | values | default | what it does |";
    private static final String NOT_OURS = "| `org.apache.";

    @Test
    void shouldSayWhatTheBundlesSay() throws IOException, SAXException {
        String expected = String.join("\n", rows());
        String actual = String.join("\n", written());
        assertEquals(expected, actual, "The rows of config-admin/README.md should be:\n" + expected + "\n");
    }

    private static List<String> written() throws IOException {
        return Files.readString(TABLE)
                .lines()
                .dropWhile(line -> !line.equals(HEADING))
                .skip(2)
                .takeWhile(line -> line.startsWith("|") && !line.startsWith(NOT_OURS))
                .toList();
    }

    private static List<String> rows() throws IOException, SAXException {
        // core and its rules first: what an operator looks for most
        TreeMap<String, ObjectClass> classes =
                new TreeMap<>(Comparator.comparing((String pid) -> pid.startsWith("org.smapp.controller."))
                        .thenComparing(Comparator.naturalOrder()));
        try (Stream<Path> files = Files.walk(HOME)) {
            for (Path jar : files.filter(each -> each.toString().endsWith(".jar"))
                    .sorted()
                    .toList()) {
                if (!jar.startsWith(HOME.resolve("controllers"))) {
                    read(jar).forEach(each -> classes.put(each.pid(), each));
                }
            }
        }
        List<String> rows = new ArrayList<>();
        for (ObjectClass each : classes.values()) {
            String pid = "`" + each.pid() + (each.factory() ? "~NAME`" : "`");
            for (Attribute attribute : each.attributes().values()) {
                rows.add(row(pid, attribute));
                pid = "";
            }
        }
        return rows;
    }

    private static List<ObjectClass> read(Path jar) throws IOException, SAXException {
        List<ObjectClass> found = new ArrayList<>();
        try (JarFile file = new JarFile(jar.toFile())) {
            for (JarEntry entry : file.stream()
                    .sorted(Comparator.comparing(JarEntry::getName))
                    .toList()) {
                if (entry.getName().startsWith("OSGI-INF/metatype/")
                        && entry.getName().endsWith(".xml")) {
                    try (InputStream in = file.getInputStream(entry)) {
                        found.addAll(MetatypeReader.read(in));
                    }
                }
            }
        }
        found.removeIf(each -> !each.pid().startsWith("org.smapp."));
        return found;
    }

    private static String row(String pid, Attribute attribute) {
        String start = pid.isEmpty() ? "| " : "| " + pid + " ";
        return start + "| `" + attribute.key() + "` | " + unit(attribute.key()) + attribute.allowed() + " | "
                + standard(attribute) + " | " + attribute.description() + " |";
    }

    private static String unit(String key) {
        return key.endsWith("Ms")
                ? "ms, "
                : key.endsWith("Bytes") ? "bytes, " : key.endsWith("Percent") ? "percent, " : "";
    }

    private static String standard(Attribute attribute) {
        if (attribute.list()) {
            return "`[ ]`";
        }
        Object value = attribute.defaultValue();
        return value == null ? "none, must be set" : value.toString().isEmpty() ? "empty" : value.toString();
    }
}
