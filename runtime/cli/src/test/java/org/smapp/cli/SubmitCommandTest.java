package org.smapp.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(20)
class SubmitCommandTest {

    private static final String CONNECTION = "{\"token\":48879,\"remote\":{\"address\":\"10.0.9.2\",\"port\":80},"
            + "\"subflows\":[" + subflow("10.0.1.1", 40000) + "," + subflow("::ffff:10.0.2.1", 40001) + ","
            + subflow("::ffff:10.0.2.1", 40002) + "]}";

    @TempDir
    Path folder;

    private FakeDaemon daemon;
    private String out;
    private String err;

    @BeforeEach
    void setUp() throws IOException {
        daemon = new FakeDaemon(folder.resolve("control.sock"))
                .answer("\"connections\"", "[" + CONNECTION + "]")
                .answer("submit", "{\"command\":\"do it\",\"accepted\":true,\"outcome\":\"accepted\"}");
    }

    @AfterEach
    void tearDown() throws IOException {
        daemon.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "subflow create beef --local 10.0.2.1|\"command\":\"create\",\"localAddress\":\"10.0.2.1\","
                        + "\"localPort\":0,\"remoteAddress\":\"10.0.9.2\",\"remotePort\":80,\"backup\":false",
                "subflow create beef --local [2001:db8::1]:5 --remote 2001:db8::2 --backup --interface w --id 0|"
                        + "\"command\":\"create\",\"localAddress\":\"2001:db8::1\",\"localPort\":5,"
                        + "\"remoteAddress\":\"2001:db8::2\",\"remotePort\":80,\"backup\":true,"
                        + "\"interface\":\"w\",\"localId\":0",
                "subflow destroy beef --local 10.0.1.1|\"command\":\"destroy\",\"localAddress\":\"10.0.1.1\","
                        + "\"localPort\":40000,\"remoteAddress\":\"10.0.9.2\",\"remotePort\":80",
                "subflow destroy beef --local 10.0.2.1:40002 --remote 10.0.9.2:80|\"command\":\"destroy\","
                        + "\"localAddress\":\"::ffff:10.0.2.1\",\"localPort\":40002,"
                        + "\"remoteAddress\":\"10.0.9.2\",\"remotePort\":80",
                "subflow backup beef --local 10.0.1.1 --off|\"command\":\"setBackup\","
                        + "\"localAddress\":\"10.0.1.1\",\"localPort\":40000,\"remoteAddress\":\"10.0.9.2\","
                        + "\"remotePort\":80,\"backup\":false",
                "announce beef 10.0.2.1 --id 3|\"command\":\"announce\",\"localAddress\":\"10.0.2.1\","
                        + "\"localPort\":0,\"localId\":3",
                "withdraw beef 3 --reason test|\"command\":\"withdraw\",\"localId\":3,\"reason\":\"test\""
            })
    void shouldAskForIt(String line, String fields) {
        assertEquals(0, run(line), () -> err);
        assertEquals("do it: accepted\n", out);
        assertEquals("{\"op\":\"submit\",\"token\":48879," + fields + "}", daemon.requests.get(1));
    }

    @Test
    void shouldFailWhenTheKernelRefuses() {
        daemon.answer("submit", "{\"command\":\"do it\",\"accepted\":false,\"outcome\":\"Not possible.\"}");

        assertEquals(1, run("withdraw beef 3"));
        assertEquals("", out);
        assertEquals("smapp: Not possible.\n", err);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10.0.2.1|That fits 2 subflows",
                "10.0.3.1|The connection has no such subflow",
                "10.0.1.1:1|no such"
            })
    void shouldNotGuessWhichSubflow(String local, String sentence) {
        assertEquals(1, run("subflow destroy beef --local " + local));
        assertTrue(err.contains(sentence) && err.contains("\"smapp connection 0000beef\""), err);
    }

    private static String subflow(String local, int localPort) {
        return "{\"localAddress\":\"" + local + "\",\"localPort\":" + localPort
                + ",\"remoteAddress\":\"10.0.9.2\",\"remotePort\":80}";
    }

    private int run(String line) {
        List<String> words = new ArrayList<>(List.of(line.split(" ")));
        words.add("--control");
        words.add(folder.resolve("control.sock").toString());
        StringWriter outText = new StringWriter();
        StringWriter errText = new StringWriter();
        int status = Smapp.commandLine(words.get(0))
                .setOut(new PrintWriter(outText))
                .setErr(new PrintWriter(errText))
                .execute(words.toArray(String[]::new));
        out = outText.toString();
        err = errText.toString();
        return status;
    }
}
