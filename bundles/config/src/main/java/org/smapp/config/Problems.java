package org.smapp.config;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is wrong now. Each sentence is logged once, when it becomes true. Thread-safe. */
final class Problems {

    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    /** Who found it. */
    enum Finder {
        /** A check of the values by the metatype. */
        CHECK,
        /** The bundle that is configured. */
        BUNDLE,
        /** A look at what else is there. */
        SURROUNDINGS,
        /** A look at the file's name. */
        NAME
    }

    private record Key(String pid, Finder finder) {}

    private final Map<Key, String> all =
            new TreeMap<>(Comparator.comparing(Key::pid).thenComparing(Key::finder));

    /** @param sentence empty if nothing is wrong */
    synchronized void set(String pid, Finder finder, String sentence) {
        Key key = new Key(pid, finder);
        String before = sentence.isEmpty() ? all.remove(key) : all.put(key, sentence);
        if (!sentence.isEmpty() && !sentence.equals(before)) {
            LOG.warn("{}", sentence);
        }
    }

    synchronized void clear(String pid) {
        all.keySet().removeIf(key -> key.pid().equals(pid));
    }

    synchronized List<String> all() {
        return List.copyOf(all.values());
    }

    synchronized String of(String pid) {
        StringBuilder text = new StringBuilder();
        for (Finder finder : Finder.values()) {
            String sentence = all.get(new Key(pid, finder));
            if (sentence != null) {
                text.append(text.length() == 0 ? "" : " ").append(sentence);
            }
        }
        return text.toString();
    }
}
