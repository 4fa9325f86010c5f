package org.smapp.control;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Function;

/** Writes answers: one line of JSON in UTF-8 with its line feed, in one piece or in parts. */
final class Answer {

    private static final Gson GSON =
            new GsonBuilder().disableHtmlEscaping().serializeNulls().create();

    private Answer() {}

    /** Returns an object. */
    static byte[] object(Map<String, Object> fields) {
        return (GSON.toJson(fields) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Returns an array of objects, part by part as they are asked for: thousands of connections fit in a small heap. */
    static <T> Iterator<byte[]> array(Iterable<T> items, Function<T, Map<String, Object>> shape) {
        return new Parts<>(items.iterator(), shape);
    }

    /** Returns {@code {"error":"sentence"}}. */
    static byte[] error(String sentence) {
        return object(Map.of("error", sentence));
    }

    private static final class Parts<T> implements Iterator<byte[]> {

        private static final int PART_CHARACTERS = 48 * 1024;

        private final Iterator<T> items;
        private final Function<T, Map<String, Object>> shape;
        private char before = '[';
        private boolean ended;

        private Parts(Iterator<T> items, Function<T, Map<String, Object>> shape) {
            this.items = items;
            this.shape = shape;
        }

        @Override
        public boolean hasNext() {
            return !ended;
        }

        @Override
        public byte[] next() {
            StringBuilder part = new StringBuilder(256);
            while (items.hasNext() && part.length() < PART_CHARACTERS) {
                GSON.toJson(shape.apply(items.next()), Map.class, part.append(before));
                before = ',';
            }
            if (!items.hasNext()) {
                part.append(before == '[' ? "[]" : "]").append('\n');
                ended = true;
            }
            return part.toString().getBytes(StandardCharsets.UTF_8);
        }
    }
}
