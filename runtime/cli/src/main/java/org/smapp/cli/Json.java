package org.smapp.cli;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Reads and writes JSON with Gson's streams only: loading its object mapping takes longer than all the rest of a command. */
final class Json {

    private Json() {}

    /** Writes an object whose values are strings, booleans and whole numbers. */
    static String write(Map<String, Object> fields) {
        StringWriter text = new StringWriter();
        try (JsonWriter json = new JsonWriter(text)) {
            json.beginObject();
            for (Map.Entry<String, Object> field : fields.entrySet()) {
                json.name(field.getKey());
                if (field.getValue() instanceof Number number) {
                    json.value(number);
                } else if (field.getValue() instanceof Boolean flag) {
                    json.value(flag);
                } else {
                    json.value((String) field.getValue());
                }
            }
            json.endObject();
        } catch (IOException e) {
            throw new IllegalStateException("A string can't fail.", e);
        }
        return text.toString();
    }

    static Fields object(String json) throws Failure {
        try {
            return object(new JsonReader(new StringReader(json)));
        } catch (IOException | IllegalStateException e) {
            throw noSense(json, e);
        }
    }

    static List<Fields> objects(String json) throws Failure {
        List<Fields> objects = new ArrayList<>();
        forEach(json, objects::add);
        return objects;
    }

    /** Hands over the objects of an array one at a time: of thousands, only one is in memory. */
    static void forEach(String json, Consumer<Fields> action) throws Failure {
        try {
            JsonReader reader = new JsonReader(new StringReader(json));
            reader.beginArray();
            while (reader.hasNext()) {
                action.accept(object(reader));
            }
            reader.endArray();
        } catch (IOException | IllegalStateException e) {
            throw noSense(json, e);
        }
    }

    private static Failure noSense(String json, Exception cause) {
        String start = json.substring(0, Math.min(json.length(), 60));
        return new Failure("The answer makes no sense; is that socket a SMAPP daemon's? It begins: " + start, cause);
    }

    private static Object value(JsonReader json) throws IOException {
        return switch (json.peek()) {
            case BEGIN_OBJECT -> object(json);
            case BEGIN_ARRAY -> array(json);
            case BOOLEAN -> json.nextBoolean();
            case NUMBER -> number(json.nextString());
            case NULL -> {
                json.nextNull();
                yield "";
            }
            default -> json.nextString();
        };
    }

    private static Fields object(JsonReader json) throws IOException {
        Map<String, Object> values = new LinkedHashMap<>();
        json.beginObject();
        while (json.hasNext()) {
            values.put(json.nextName(), value(json));
        }
        json.endObject();
        return new Fields(values);
    }

    private static List<Object> array(JsonReader json) throws IOException {
        List<Object> values = new ArrayList<>();
        json.beginArray();
        while (json.hasNext()) {
            values.add(value(json));
        }
        json.endArray();
        return values;
    }

    /** Everything that the daemon counts is whole; another number is shown as it is written. */
    private static Object number(String digits) {
        try {
            return Long.valueOf(digits);
        } catch (NumberFormatException e) {
            return digits;
        }
    }
}
