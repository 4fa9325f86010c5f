package org.smapp.testkit.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.Collectors;
import org.smapp.testkit.lab.Link.End;

/** Changes a lab by lines of text, so that a script can: see {@link #HELP}. Every line is answered by OK or ERROR. */
final class LabConsole {

    static final String HELP = """
            carrier LINK on|off [near|far]   near is the gateway's end, and the default
            rate LINK RATE                   both directions: 10M, 800k; 0 is no limit
            delay LINK TIME                  one way, both directions: 10ms
            loss LINK PERCENT                both directions; 100 makes a link silent
            counters                         one JSON object: by link and direction
            quit                             or the end of the input""";

    private final List<Link> links;
    private final PrintStream out;

    LabConsole(List<Link> links, PrintStream out) {
        this.links = links;
        this.out = out;
    }

    /** Does what the lines say, until {@code quit} or the end. */
    void run(BufferedReader in) throws IOException {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.strip().split("\\s+");
            if (words[0].equals("quit")) {
                return;
            }
            if (!words[0].isEmpty()) {
                out.println(answer(words));
                out.flush();
            }
        }
    }

    private String answer(String[] words) {
        try {
            return answerTo(words);
        } catch (LabException e) {
            return "ERROR " + e.getMessage().replace('\n', ' ');
        }
    }

    private String answerTo(String[] words) {
        switch (words[0]) {
            case "carrier" -> link(words).carrier(end(words), on(word(words, 2)));
            case "rate" -> link(words).rate(Quantity.bitsPerSecond(word(words, 2)));
            case "delay" -> link(words).delay(Quantity.duration(word(words, 2)));
            case "loss" -> link(words).loss(Quantity.share(word(words, 2)));
            case "counters" -> {
                return json() + "\nOK";
            }
            case "help" -> {
                return HELP + "\nOK";
            }
            default -> throw new LabException("Unknown command '" + words[0] + "': try help");
        }
        return "OK";
    }

    private Link link(String[] words) {
        String name = word(words, 1);
        return links.stream()
                .filter(link -> link.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new LabException("There is no link " + name + ", only "
                        + links.stream().map(Link::name).collect(Collectors.joining(", "))));
    }

    private static End end(String[] words) {
        return words.length > 3 && choice(words[3], "far", "near") ? End.FAR : End.NEAR;
    }

    private static boolean on(String word) {
        return choice(word, "on", "off");
    }

    private static boolean choice(String word, String yes, String no) {
        if (!word.equals(yes) && !word.equals(no)) {
            throw new LabException("It is " + yes + " or " + no + ", not '" + word + "'");
        }
        return word.equals(yes);
    }

    private static String word(String[] words, int index) {
        if (index >= words.length) {
            throw new LabException("Something is missing after '" + String.join(" ", words) + "': try help");
        }
        return words[index];
    }

    private String json() {
        return links.stream()
                .map(link -> "\"%s\":{\"down\":%s,\"up\":%s}"
                        .formatted(link.name(), json(link.counters(End.FAR)), json(link.counters(End.NEAR))))
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String json(Counters counters) {
        return "{\"frames\":%d,\"bytes\":%d,\"lost\":%d,\"queueFull\":%d,\"cut\":%d}"
                .formatted(counters.frames(), counters.bytes(), counters.lost(), counters.queueFull(), counters.cut());
    }
}
