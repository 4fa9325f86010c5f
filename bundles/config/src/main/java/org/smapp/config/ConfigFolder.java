package org.smapp.config;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Notices which files of the configuration folder come, change and go. Used by one thread at a time. */
final class ConfigFolder {

    /** A file that seems half written is taken as it is once it has not changed for this many looks. */
    private static final int PATIENT_LOOKS = 4;

    private static final int LOOKS_WITHOUT_IT = 2;

    /** Hears of the files. */
    interface Listener {
        /**
         * A file is new or has changed.
         *
         * @param whole whether to take it as it is, even if it seems half written
         * @return false if it seems half written, so that it has to be looked at again
         */
        boolean changed(FileName name, Path file, boolean whole);

        void gone(FileName name);

        /** Says what is wrong with a file's name; empty: nothing. */
        void misnamed(String file, String sentence);
    }

    private static final class Seen {
        private FileName name;
        private Path file;
        private Object stamp;
        private int looks;
        private boolean taken;
        private int missing;
    }

    private final Path folder;
    private final Listener listener;
    private final Map<String, Seen> all = new HashMap<>();
    private Map<String, String> misnamed = Map.of();

    ConfigFolder(Path folder, Listener listener) {
        this.folder = folder;
        this.listener = listener;
    }

    /** @param atOnce whether files are taken at the first look */
    void look(boolean atOnce) throws IOException {
        Map<String, Path> present = new TreeMap<>();
        Map<String, String> wrongNames = new HashMap<>();
        list(present, wrongNames);
        misnamed.keySet().stream()
                .filter(file -> !wrongNames.containsKey(file))
                .forEach(file -> listener.misnamed(file, ""));
        wrongNames.forEach(listener::misnamed);
        misnamed = wrongNames;
        for (Path file : present.values()) {
            look(FileName.of(file.getFileName().toString()), file, atOnce);
        }
        for (Iterator<Seen> each = all.values().iterator(); each.hasNext(); ) {
            Seen seen = each.next();
            if (present.containsKey(seen.name.pid())) {
                seen.missing = 0;
            } else if (atOnce || ++seen.missing >= LOOKS_WITHOUT_IT) {
                each.remove();
                listener.gone(seen.name);
            }
        }
    }

    private void list(Map<String, Path> present, Map<String, String> wrongNames) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                switch (FileName.kind(name)) {
                    case CONFIGURATION -> add(FileName.of(name), file, present, wrongNames);
                    case MISNAMED ->
                        wrongNames.put(name, name + " is not read: the name of a configuration file ends in .cfg");
                    case IGNORED -> {
                        // nothing to say about it
                    }
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private static void add(FileName name, Path file, Map<String, Path> present, Map<String, String> wrongNames) {
        if (!Files.isRegularFile(file)) {
            wrongNames.put(name.file(), name.file() + " is not read: it is no file");
            return;
        }
        Path other = present.get(name.pid());
        Path read = other == null
                        || name.isPreferredTo(FileName.of(other.getFileName().toString()))
                ? file
                : other;
        present.put(name.pid(), read);
        if (other != null) {
            String left = (read == file ? other : file).getFileName().toString();
            wrongNames.put(
                    left,
                    left + " is not read: " + read.getFileName() + " is the same configuration; remove one of them");
        }
    }

    private void look(FileName name, Path file, boolean atOnce) {
        Object stamp = stamp(file);
        Seen seen = all.computeIfAbsent(name.pid(), pid -> new Seen());
        seen.name = name;
        if (!file.equals(seen.file) || !stamp.equals(seen.stamp)) {
            seen.file = file;
            seen.stamp = stamp;
            seen.looks = 0;
            seen.taken = false;
        } else {
            seen.looks++;
        }
        if (!seen.taken && (atOnce || seen.looks > 0)) {
            seen.taken = listener.changed(name, file, atOnce || seen.looks >= PATIENT_LOOKS);
        }
    }

    /** Returns a value that differs after every write, even after two within one tick of the clock. */
    private static Object stamp(Path file) {
        try {
            return Files.readAttributes(file, "unix:ino,size,lastModifiedTime,ctime");
        } catch (IOException e) {
            return "gone";
        }
    }

    /** Returns the PIDs of the files that were seen. */
    Set<String> pids() {
        return all.keySet();
    }

    /** Returns the file of a configuration, or null. */
    Path file(String pid) {
        Seen seen = all.get(pid);
        return seen == null ? null : seen.file;
    }

    /** Returns whether the file has changed since it was taken. */
    boolean isAhead(String pid) {
        Seen seen = all.get(pid);
        return seen != null && !(seen.taken && seen.stamp.equals(stamp(seen.file)));
    }

    /** Takes the file again. */
    void again(String pid) {
        Seen seen = all.get(pid);
        if (seen != null) {
            seen.taken = listener.changed(seen.name, seen.file, true);
        }
    }

    /** Notes that SMAPP itself wrote the file, so that it need not be taken. */
    void wrote(FileName name, Path file) {
        Seen seen = all.computeIfAbsent(name.pid(), pid -> new Seen());
        seen.name = name;
        seen.file = file;
        seen.stamp = stamp(file);
        seen.taken = true;
    }

    /** Notes that SMAPP itself removed the file. */
    void removed(String pid) {
        all.remove(pid);
    }
}
