package org.smapp.deploy;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is wrong with the files of the deploy folder now. Each sentence is logged once, when it becomes true. Thread-safe. */
final class Problems {

    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    /** Who found it. */
    enum Finder {
        /** Reading the file. */
        FILE,
        /** Choosing between files. */
        CHOICE,
        /** Installing and starting it. */
        START,
        /** Waiting for it. */
        WAIT,
        /** A look at what it does. */
        USE
    }

    private final Map<Finder, Map<String, String>> all = new TreeMap<>();

    /** @param sentence empty if nothing is wrong */
    synchronized void set(String file, Finder finder, String sentence) {
        Map<String, String> found = all.computeIfAbsent(finder, each -> new TreeMap<>());
        String before = sentence.isEmpty() ? found.remove(file) : found.put(file, sentence);
        if (!sentence.isEmpty() && !sentence.equals(before)) {
            LOG.warn("Deploy folder: {}", sentence);
        }
    }

    /** Forgets what this finder has found about other files than these. */
    synchronized void keep(Finder finder, Collection<String> files) {
        all.getOrDefault(finder, Map.of()).keySet().retainAll(files);
    }

    synchronized List<String> sentences() {
        return all.values().stream()
                .flatMap(each -> each.values().stream())
                .map(each -> "deploy folder: " + each)
                .toList();
    }
}
