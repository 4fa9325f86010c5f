package org.smapp.deploy;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which jars there are in the deploy folder. A file is read once it has stayed the same for a look. Used by one thread. */
final class JarFolder {

    /** A file that is renamed must not seem to be gone before it is taken under its other name. */
    private static final int LOOKS_WITHOUT_IT = 3;

    private static final String JARS = "*.jar";

    private static final class Seen {
        private Object stamp;
        private boolean taken;
        private Jar jar;
        private int missing;
    }

    private final Path folder;
    private final Problems problems;
    private final Map<String, Seen> all = new TreeMap<>();

    JarFolder(Path folder, Problems problems) {
        this.folder = folder;
        this.problems = problems;
    }

    /**
     * Looks once.
     *
     * @param atOnce whether files are read at the first look
     */
    void look(boolean atOnce) throws IOException {
        Set<String> present = new TreeSet<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, JARS)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                if (!name.startsWith(".")) {
                    present.add(name);
                    look(file, all.computeIfAbsent(name, each -> new Seen()), atOnce);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        all.entrySet().removeIf(each -> isGone(each.getValue(), present.contains(each.getKey()), atOnce));
        problems.keep(Problems.Finder.FILE, all.keySet());
    }

    private static boolean isGone(Seen seen, boolean present, boolean atOnce) {
        seen.missing = present ? 0 : seen.missing + 1;
        return !present && (atOnce || seen.missing >= LOOKS_WITHOUT_IT);
    }

    private void look(Path file, Seen seen, boolean atOnce) {
        Object stamp = stamp(file);
        boolean same = stamp.equals(seen.stamp);
        if (!same) {
            seen.stamp = stamp;
            seen.taken = false;
        }
        if (!seen.taken && (same || atOnce)) {
            seen.taken = true;
            take(file, seen);
        }
    }

    /** Keeps the last whole jar of this name when the file is not one. */
    private void take(Path file, Seen seen) {
        String name = file.getFileName().toString();
        String wrong = "";
        try {
            if (Files.isRegularFile(file)) {
                seen.jar = Jar.read(file);
            } else {
                wrong = "is no file";
            }
        } catch (Jar.UnusableException e) {
            wrong = e.getMessage();
        } catch (IOException e) {
            wrong = "can't be read (" + e + ")";
            seen.taken = false; // that may change by itself
        }
        problems.set(name, Problems.Finder.FILE, wrong.isEmpty() ? "" : name + " " + wrong);
    }

    private static Object stamp(Path file) {
        try {
            return Files.readAttributes(file, "unix:ino,size,lastModifiedTime,ctime");
        } catch (IOException e) {
            return "gone";
        }
    }

    /** Returns the jars that are whole; of a file that is not, what it was before. */
    List<Jar> jars() {
        return all.values().stream()
                .map(each -> each.jar)
                .filter(Objects::nonNull)
                .toList();
    }

    /** Returns the names of files of which nothing is known but that they are there. */
    Collection<String> unknown() {
        Map<String, Seen> unknown = new HashMap<>(all);
        unknown.values().removeIf(each -> each.jar != null);
        return unknown.keySet();
    }
}
