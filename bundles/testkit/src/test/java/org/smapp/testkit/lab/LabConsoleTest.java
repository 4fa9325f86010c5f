package org.smapp.testkit.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LabConsoleTest {

    private final PaperLink fibre = new PaperLink();

    @Test
    void shouldChangeTheLink() throws IOException {
        assertEquals(
                "OK\n".repeat(4), say("rate fibre 10M\ndelay fibre 5ms\n\nloss fibre 30\ncarrier fibre off far\n"));

        Shape expected = new Shape(10_000_000, Duration.ofMillis(5), Shape.UNLIMITED.queueBytes(), 0.3);
        assertEquals(expected, fibre.shape(Link.End.NEAR));
        assertEquals(expected, fibre.shape(Link.End.FAR));
        assertEquals(Map.of(Link.End.FAR, false), fibre.carriers);
    }

    @Test
    void shouldTellTheCountersAsJson() throws IOException {
        assertEquals(
                "{\"fibre\":{\"down\":{\"frames\":1,\"bytes\":2,\"lost\":3,\"queueFull\":4,\"cut\":5},"
                        + "\"up\":{\"frames\":0,\"bytes\":0,\"lost\":0,\"queueFull\":0,\"cut\":0}}}\nOK\n",
                say("counters\n"));
    }

    @Test
    void shouldSayWhatIsWrongAndGoOn() throws IOException {
        String said =
                say("rate dsl 1M\nloss fibre 200\ncarrier fibre maybe\nrate fibre\nfly\nrate fibre 1M\nquit\nfly\n");

        List<String> answers = said.lines().toList();
        assertEquals(6, answers.size(), said);
        assertTrue(answers.subList(0, 5).stream().allMatch(answer -> answer.startsWith("ERROR ")), said);
        assertEquals("OK", answers.get(5));
    }

    private String say(String lines) throws IOException {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        new LabConsole(List.of(fibre), out).run(new BufferedReader(new StringReader(lines)));
        return said.toString(StandardCharsets.UTF_8);
    }

    /** A link that only remembers. */
    private static final class PaperLink implements Link {
        private final Map<End, Shape> shapes =
                new EnumMap<>(Map.of(End.NEAR, Shape.UNLIMITED, End.FAR, Shape.UNLIMITED));
        private final Map<End, Boolean> carriers = new EnumMap<>(End.class);

        @Override
        public String name() {
            return "fibre";
        }

        @Override
        public String description() {
            return "paper";
        }

        @Override
        public Host host(End end) {
            throw new UnsupportedOperationException();
        }

        @Override
        public String device(End end) {
            return "wan1";
        }

        @Override
        public Shape shape(End from) {
            return shapes.get(from);
        }

        @Override
        public void shape(End from, Shape shape) {
            shapes.put(from, shape);
        }

        @Override
        public void carrier(End end, boolean on) {
            carriers.put(end, on);
        }

        @Override
        public Counters counters(End from) {
            return from == End.FAR ? new Counters(1, 2, 3, 4, 5) : new Counters(0, 0, 0, 0, 0);
        }

        @Override
        public void close() {}
    }
}
