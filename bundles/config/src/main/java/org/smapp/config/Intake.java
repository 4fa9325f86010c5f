package org.smapp.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the values of files that are right into Configuration Admin. A file that is wrong changes nothing, with one
 * exception: of a single configuration that has nothing in force yet, the values that are right are taken. Used by one
 * thread at a time.
 */
final class Intake implements ConfigFolder.Listener {

    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

    private static final long LARGEST_BYTES = 1 << 16;
    private static final int NAMED = 5;

    private final InForce inForce;
    private final Metatypes metatypes;
    private final Problems problems;
    private final UnaryOperator<String> properties;

    Intake(InForce inForce, Metatypes metatypes, Problems problems, UnaryOperator<String> properties) {
        this.inForce = inForce;
        this.metatypes = metatypes;
        this.problems = problems;
        this.properties = properties;
    }

    @Override
    public boolean changed(FileName name, Path file, boolean whole) {
        ObjectClass.Checked checked;
        try {
            String text = read(file);
            ParsedFile parsed = FileParser.parse(text, properties);
            checked = check(name, values(parsed));
            List<String> wrong = new ArrayList<>(parsed.problems());
            wrong.addAll(checked.problems());
            checked = new ObjectClass.Checked(checked.right(), wrong);
            if (!whole && (!wrong.isEmpty() || !text.endsWith("\n"))) {
                return false;
            }
        } catch (IOException | WrongConfiguration e) {
            if (!whole) {
                return false;
            }
            checked = new ObjectClass.Checked(Map.of(), List.of(e.getMessage()));
        }
        take(name, checked);
        return true;
    }

    static String read(Path file) throws IOException, WrongConfiguration {
        if (Files.size(file) > LARGEST_BYTES) {
            throw new WrongConfiguration("it is larger than any configuration, " + LARGEST_BYTES + " bytes");
        }
        return ConfigText.decode(Files.readAllBytes(file));
    }

    static Map<String, Object> values(ParsedFile parsed) {
        Map<String, Object> values = new LinkedHashMap<>();
        parsed.entries().forEach((key, entry) -> values.put(key, entry.value()));
        return values;
    }

    /** @param values texts and lists of texts */
    ObjectClass.Checked check(FileName name, Map<String, Object> values) {
        ObjectClass described = metatypes.of(name, values);
        if (described == null) {
            Map<String, Object> unchecked = new LinkedHashMap<>();
            values.forEach((key, value) ->
                    unchecked.put(key, value instanceof List<?> list ? list.toArray(String[]::new) : value));
            return new ObjectClass.Checked(unchecked, List.of());
        }
        if (described.factory() == name.factoryPid().isEmpty()) {
            String right = described.factory() ? described.pid() + "-NAME.cfg" : described.pid() + ".cfg";
            return new ObjectClass.Checked(
                    Map.of(),
                    List.of("there " + (described.factory() ? "can be several" : "is only one") + " of "
                            + described.pid() + ": name the file " + right));
        }
        return described.check(values);
    }

    /** Checks again what is in force, since its bundle was installed or updated; what is wrong now is taken out. */
    void recheck(String pid) {
        FileName name = FileName.ofPid(pid);
        Map<String, Object> texts = new LinkedHashMap<>();
        inForce.of(pid).forEach((key, value) -> texts.put(key, InForce.text(value)));
        ObjectClass.Checked checked = check(name, texts);
        if (checked.problems().isEmpty()) {
            return;
        }
        try {
            if (name.factoryPid().isEmpty() && !checked.right().isEmpty()) {
                inForce.put(name, checked.right());
            } else {
                inForce.delete(pid);
            }
        } catch (IOException e) {
            LOG.warn("{} can't be changed: {}", pid, e.getMessage());
        }
    }

    private void take(FileName name, ObjectClass.Checked checked) {
        String pid = name.pid();
        boolean wrong = !checked.problems().isEmpty();
        problems.set(pid, Problems.Finder.CHECK, wrong ? sentence(name, checked) : "");
        if (wrong
                && (inForce.of(pid) != null
                        || !name.factoryPid().isEmpty()
                        || checked.right().isEmpty())) {
            return;
        }
        put(name, checked.right());
    }

    private void put(FileName name, Map<String, Object> right) {
        Map<String, Object> before = inForce.of(name.pid());
        try {
            inForce.put(name, right);
            log(name, before, right);
        } catch (IOException e) {
            problems.set(name.pid(), Problems.Finder.CHECK, name.file() + " is not in force: " + e.getMessage());
        }
    }

    /** Returns what to say of values that are wrong. */
    String sentence(FileName name, ObjectClass.Checked checked) {
        int more = checked.problems().size() - NAMED;
        String what = checked.problems().stream().limit(NAMED).collect(Collectors.joining("; "))
                + (more > 0 ? "; and " + more + " more" : "");
        if (inForce.of(name.pid()) != null) {
            return name.file() + " stays as it was: " + what;
        }
        boolean partly = name.factoryPid().isEmpty() && !checked.right().isEmpty();
        return name.file() + (partly ? " is in force without what is wrong: " : " is not in force: ") + what;
    }

    private static void log(FileName name, Map<String, Object> before, Map<String, Object> right) {
        List<String> changes = new ArrayList<>();
        right.forEach((key, value) -> {
            Object now = InForce.text(value);
            Object then = before == null || before.get(key) == null ? null : InForce.text(before.get(key));
            if (!Objects.equals(now, then)) {
                changes.add(key + " = " + now + (then == null ? "" : " instead of " + then));
            }
        });
        if (before != null) {
            before.keySet().stream()
                    .filter(key -> !right.containsKey(key))
                    .forEach(key -> changes.add(key + " has its default"));
        }
        if (!changes.isEmpty()) {
            LOG.info("{}: {}", name.file(), String.join(", ", changes));
        }
    }

    @Override
    public void gone(FileName name) {
        String pid = name.pid();
        problems.clear(pid);
        if (inForce.of(pid) == null) {
            return;
        }
        try {
            inForce.delete(pid);
            LOG.info("{} was removed, and with it the configuration {}", name.file(), pid);
        } catch (IOException e) {
            LOG.warn("{} was removed, but its configuration can't be: {}", name.file(), e.getMessage());
        }
    }

    @Override
    public void misnamed(String file, String sentence) {
        problems.set(file, Problems.Finder.NAME, sentence);
    }
}
