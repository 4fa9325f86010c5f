package org.smapp.netlink.vectors;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Netlink messages captured on a real kernel, by name. The files' first lines tell what they hold. */
public final class Vectors {

    private static final Map<String, String> MESSAGES = read("messages.txt");

    private Vectors() {}

    /** Returns the names of all messages that {@code wanted} accepts, in the order in which they were captured. */
    public static List<String> names(Predicate<String> wanted) {
        return MESSAGES.keySet().stream().filter(wanted).toList();
    }

    /** Returns a whole message, netlink header included, in a direct buffer in native byte order. */
    public static ByteBuffer message(String name) {
        byte[] bytes = bytes(name);
        return ByteBuffer.allocateDirect(bytes.length)
                .order(ByteOrder.nativeOrder())
                .put(bytes)
                .flip();
    }

    /** Returns a whole message, netlink header included. */
    public static byte[] bytes(String name) {
        String hex = MESSAGES.get(name);
        if (hex == null) {
            throw new IllegalArgumentException("no captured message is called " + name);
        }
        return HexFormat.of().parseHex(hex);
    }

    /** Returns the line that the kernel's test tool {@code pm_nl_ctl events} prints, by the name of the message. */
    public static Map<String, String> eventLines() {
        return read("event-lines.txt");
    }

    /** Returns what acknowledgements and errors say, by the name of the message; columns as the file explains. */
    public static Map<String, String> errors() {
        return read("errors.txt");
    }

    private static Map<String, String> read(String file) {
        try (InputStream in = Vectors.class.getResourceAsStream("/vectors/" + file)) {
            Map<String, String> lines = new LinkedHashMap<>();
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" ", 2))
                    .forEach(parts -> lines.put(parts[0], parts[1]));
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
