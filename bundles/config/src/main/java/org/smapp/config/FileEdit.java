package org.smapp.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.smapp.files.WholeFile;

/** Changes values in the text of a configuration file; its comments stay where they are. Thread-safe: stateless. */
final class FileEdit {

    private FileEdit() {}

    /**
     * Returns the file's text with these values.
     *
     * @param text what is in the file, understood as {@code parsed}
     * @param changed keys whose value is another one than in the file, or that the file doesn't have
     * @param values all values, texts and lists of texts
     */
    static String with(String text, ParsedFile parsed, Set<String> changed, Map<String, Object> values) {
        String end = text.contains("\r\n") ? "\r\n" : "\n";
        List<String> lines = new ArrayList<>(Arrays.asList(text.split("\r\n|\r|\n", -1)));
        if (lines.get(lines.size() - 1).isBlank()) {
            lines.remove(lines.size() - 1);
        }
        List<Map.Entry<String, ParsedFile.Entry>> upwards =
                new ArrayList<>(parsed.entries().entrySet());
        upwards.sort(Comparator.comparingInt(each -> -each.getValue().first()));
        for (Map.Entry<String, ParsedFile.Entry> each : upwards) {
            String key = each.getKey();
            if (!values.containsKey(key) || changed.contains(key)) {
                lines.subList(each.getValue().first(), each.getValue().last() + 1)
                        .clear();
                if (values.containsKey(key)) {
                    lines.add(each.getValue().first(), line(key, values.get(key)));
                }
            }
        }
        for (String key : changed) {
            if (!parsed.entries().containsKey(key)) {
                add(lines, key, values.get(key));
            }
        }
        return String.join(end, lines) + end;
    }

    /** Replaces the comment that shows the default, or adds a line at the end. */
    private static void add(List<String> lines, String key, Object value) {
        Pattern shown = Pattern.compile("\\s*#\\s*" + Pattern.quote(key) + "\\s*=.*");
        for (int i = 0; i < lines.size(); i++) {
            if (shown.matcher(lines.get(i)).matches()) {
                lines.set(i, line(key, value));
                return;
            }
        }
        lines.add(line(key, value));
    }

    static String line(String key, Object value) {
        if (value instanceof List<?> texts) {
            return key + " = "
                    + texts.stream()
                            .map(each -> quoted(each.toString()))
                            .collect(Collectors.joining(", ", "[ ", texts.isEmpty() ? "]" : " ]"));
        }
        String text = value.toString();
        boolean plain = text.equals(text.strip()) && text.matches("[^\"\\[(\\p{Cntrl}\\\\$]*");
        return key + " = " + (plain ? text : quoted(text));
    }

    private static String quoted(String text) {
        return '"'
                + text.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("$", "\\$")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r")
                        .replace("\t", "\\t")
                + '"';
    }

    /** Replaces the file in one step, so that nobody ever reads half of it. Owner and permissions stay. */
    static void write(Path named, String text) throws IOException {
        Path file = Files.isSymbolicLink(named) ? named.toRealPath() : named;
        PosixFileAttributes before = Files.exists(file) ? Files.readAttributes(file, PosixFileAttributes.class) : null;
        WholeFile.write(file, text.getBytes(StandardCharsets.UTF_8));
        Files.setPosixFilePermissions(
                file, before == null ? PosixFilePermissions.fromString("rw-r--r--") : before.permissions());
        if (before != null) {
            Files.setOwner(file, before.owner());
        }
    }
}
