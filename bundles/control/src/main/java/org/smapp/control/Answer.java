package org.smapp.control;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.stream.JsonWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Function;

/** Writes answers: one line of JSON in UTF-8 with its line feed. */
final class Answer {

    private static final Gson GSON =
            new GsonBuilder().disableHtmlEscaping().serializeNulls().create();

    private Answer() {}

    /** Returns an object. */
    static byte[] object(Map<String, Object> fields) {
        return line(json -> GSON.toJson(fields, Map.class, json));
    }

    /** Returns an array of objects. The shapes are made one at a time: thousands of connections fit in a small heap. */
    static <T> byte[] array(Iterable<T> items, Function<T, Map<String, Object>> shape) {
        return line(json -> {
            json.beginArray();
            for (T item : items) {
                GSON.toJson(shape.apply(item), Map.class, json);
            }
            json.endArray();
        });
    }

    /** Returns {@code {"error":"sentence"}}. */
    static byte[] error(String sentence) {
        return object(Map.of("error", sentence));
    }

    private static byte[] line(Content content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (OutputStreamWriter text = new OutputStreamWriter(bytes, StandardCharsets.UTF_8);
                JsonWriter json = GSON.newJsonWriter(text)) {
            content.write(json);
            json.flush();
            text.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException("An array of bytes can't fail.", e);
        }
        return bytes.toByteArray();
    }

    private interface Content {
        void write(JsonWriter json) throws IOException;
    }
}
