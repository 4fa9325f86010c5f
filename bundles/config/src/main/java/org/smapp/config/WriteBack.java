package org.smapp.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts what was changed in the web console into the file that it belongs to. Comments stay. A file that was edited since it
 * was read stays as it is, and the change of the console is undone. Used by one thread at a time.
 */
final class WriteBack {

    private static final Logger LOG = LoggerFactory.getLogger(WriteBack.class);

    private final Path directory;
    private final ConfigFolder folder;
    private final Intake intake;
    private final UnaryOperator<String> properties;

    WriteBack(Path directory, ConfigFolder folder, Intake intake, UnaryOperator<String> properties) {
        this.directory = directory;
        this.folder = folder;
        this.intake = intake;
        this.properties = properties;
    }

    /**
     * Writes values into the file, or a new one.
     *
     * @param values texts and lists of texts
     * @return false if the file counts and the values have to be undone
     */
    boolean write(FileName name, Map<String, Object> values) {
        Path known = folder.file(name.pid());
        Path file = known == null ? directory.resolve(name.file()) : known;
        if (known == null ? Files.exists(file) : folder.isAhead(name.pid())) {
            LOG.warn(
                    "What was changed in {} other than in its file is not taken: {} was changed at the same time, and the"
                            + " file counts",
                    name.pid(),
                    file.getFileName());
            return false;
        }
        try {
            String before = known == null ? "" : Intake.read(file);
            FileEdit.write(file, changed(before, name, values));
            folder.wrote(FileName.of(file.getFileName().toString()), file);
            LOG.info("{} was written with what was changed elsewhere", file.getFileName());
        } catch (IOException | WrongConfiguration e) {
            LOG.warn(
                    "What was changed in {} is in force until the next start only: {} can't be written: {}",
                    name.pid(),
                    file,
                    e.getMessage());
        }
        return true;
    }

    private String changed(String before, FileName name, Map<String, Object> values) {
        ParsedFile parsed = FileParser.parse(before, properties);
        if (parsed.problems().isEmpty()) {
            Map<String, Object> there =
                    intake.check(name, Intake.values(parsed)).right();
            Map<String, Object> wanted = intake.check(name, values).right();
            Set<String> changed = new LinkedHashSet<>(values.keySet());
            changed.removeIf(key -> there.containsKey(key) && Objects.deepEquals(there.get(key), wanted.get(key)));
            return FileEdit.with(before, parsed, changed, values);
        }
        // Nobody knows what its lines mean: they stay as comments.
        StringBuilder text = new StringBuilder();
        before.lines()
                .forEach(line -> text.append(line.isBlank() || line.startsWith("#") ? "" : "# ")
                        .append(line)
                        .append('\n'));
        values.forEach((key, value) -> text.append(FileEdit.line(key, value)).append('\n'));
        return text.toString();
    }

    /** Removes the file, unless it was edited since it was read. */
    void delete(String pid) {
        Path file = folder.file(pid);
        if (file == null) {
            return;
        }
        if (folder.isAhead(pid)) {
            LOG.warn(
                    "{} stays: it was changed when its configuration was removed, and the file counts",
                    file.getFileName());
            return;
        }
        try {
            Files.deleteIfExists(file);
            folder.removed(pid);
            LOG.info("{} was removed with its configuration", file.getFileName());
        } catch (IOException e) {
            LOG.warn("{} comes back at the next start: its file {} can't be removed: {}", pid, file, e.getMessage());
        }
    }
}
