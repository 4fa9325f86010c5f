package org.smapp.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class SmappTest {

    private static final String SUBFLOWS = "{\"localAddress\":\"10.0.1.1\",\"localPort\":40000,"
            + "\"remoteAddress\":\"10.0.9.2\",\"remotePort\":80,\"localId\":0,\"remoteId\":0,"
            + "\"state\":\"ESTABLISHED\",\"backup\":false,\"interface\":\"wan0\"},"
            + "{\"localAddress\":\"::ffff:10.0.2.1\",\"localPort\":40001,"
            + "\"remoteAddress\":\"::ffff:10.0.9.2\",\"remotePort\":80,\"localId\":1,\"remoteId\":0,"
            + "\"state\":\"CONNECTING\",\"backup\":true,\"interface\":\"wan1\"}";
    private static final String CONNECTION = "{\"token\":4225463141,\"side\":\"CLIENT\",\"state\":\"ESTABLISHED\","
            + "\"controller\":\"fullmesh\",\"local\":{\"address\":\"10.0.1.1\",\"port\":40000},"
            + "\"remote\":{\"address\":\"10.0.9.2\",\"port\":80},\"backup\":false,\"recovered\":true,"
            + "\"denyJoinId0\":true,\"subflows\":[" + SUBFLOWS + "],"
            + "\"remoteAddresses\":[{\"id\":2,\"address\":\"2001:db8::1\",\"port\":80}],\"since\":\""
            + Instant.now().minus(Duration.ofMinutes(53 * 60 + 30)) + "\"}";
    private static final String WATCHED = "{\"token\":48879,\"side\":\"SERVER\",\"state\":\"CREATED\","
            + "\"controller\":\"\",\"local\":{\"address\":\"2001:db8::2\",\"port\":80},"
            + "\"remote\":{\"address\":\"2001:db8::1\",\"port\":40000},\"backup\":true,\"recovered\":false,"
            + "\"denyJoinId0\":false,\"subflows\":[],\"remoteAddresses\":[],\"since\":\"\"}";

    @TempDir
    Path folder;

    private FakeDaemon daemon;
    private String out;
    private String err;

    @BeforeEach
    void setUp() throws IOException {
        daemon = new FakeDaemon(folder.resolve("control.sock"));
    }

    @AfterEach
    void tearDown() throws IOException {
        daemon.close();
    }

    @Test
    void shouldListConnections() {
        daemon.answer("connections", "[" + CONNECTION + "," + WATCHED + "]");

        assertEquals(0, run("connections"), () -> err);
        assertEquals("""
                TOKEN     SIDE    STATE        CONTROLLER  LOCAL             REMOTE               SUBFLOWS  AGE    NOTES
                fbdb7365  client  established  fullmesh    10.0.1.1:40000    10.0.9.2:80          1+1       2d05h  recovered, no join to address 0
                0000beef  server  created      -           [2001:db8::2]:80  [2001:db8::1]:40000  0         -      backup
                """, out);
    }

    @Test
    void shouldSayThatThereIsNothing() {
        daemon.answer("connections", "[]").answer("controllers", "[]").answer("addresses", "[]");

        assertEquals("No connections.\n", output("connections"));
        assertEquals("No controllers. Put a controller's jar into the deploy folder.\n", output("controllers"));
        assertEquals("No usable addresses: `smapp addresses --all` says why.\n", output("addresses"));
    }

    @Test
    void shouldShowAConnection() {
        daemon.answer("\"token\":4225463141", "[" + CONNECTION + "]");

        assertEquals("""
                connection  fbdb7365 (4225463141)
                side        client
                state       established
                controller  fullmesh
                local       10.0.1.1:40000
                remote      10.0.9.2:80
                age         2d05h
                notes       recovered, no join to address 0

                SUBFLOW FROM    TO           IDS  STATE        INTERFACE  NOTES
                10.0.1.1:40000  10.0.9.2:80  0/0  established  wan0
                10.0.2.1:40001  10.0.9.2:80  1/0  connecting   wan1       backup

                PEER'S ADDRESS    ID
                [2001:db8::1]:80  2
                """, output("connection", "fbdb7365"));
        assertEquals(CONNECTION + "\n", output("connection", "0xFBDB7365", "--json"));
        assertEquals(CONNECTION + "\n", output("connection", "4225463141", "--json"));
    }

    @Test
    void shouldReadDigitsAsDecimalUnlessOnlyTheOtherReadingIsKnown() {
        daemon.answer("\"token\":12345678}", "[]").answer("\"token\":305419896}", "[" + WATCHED + "]");

        assertEquals(WATCHED + "\n", output("connection", "12345678", "--json"));
    }

    @Test
    void shouldSayThatAConnectionIsUnknown() {
        daemon.answer("connections", "[]");

        assertEquals(1, run("connection", "beef"));
        assertEquals(
                "smapp: The daemon knows no connection 0000beef; \"smapp connections\" lists those it knows.\n", err);
    }

    @Test
    void shouldListControllersAndAddresses() {
        daemon.answer(
                        "controllers",
                        "[{\"name\":\"fullmesh\",\"version\":\"1.0.0\",\"bundle\":\"b\",\"connections\":2,"
                                + "\"quarantined\":\"\"},{\"name\":\"odd\",\"version\":\"2.0.0\",\"bundle\":\"c\","
                                + "\"connections\":0,\"quarantined\":\"threw an exception\"}]")
                .answer(
                        "addresses",
                        "[{\"address\":\"10.0.2.1\",\"prefixLength\":24,\"interface\":\"wan1\",\"interfaceIndex\":7}]");

        assertEquals("""
                NAME      VERSION  CONNECTIONS  BUNDLE  STATE
                fullmesh  1.0.0    2            b       in service
                odd       2.0.0    0            c       out of service: threw an exception
                """, output("controllers"));
        assertEquals("""
                ADDRESS      INTERFACE  INDEX
                10.0.2.1/24  wan1       7
                """, output("addresses"));
    }

    @Test
    void shouldSayWhyAddressesCanNotBeUsed() {
        daemon.answer(
                "\"all\":true",
                "[{\"address\":\"10.0.2.1\",\"prefixLength\":24,\"interface\":\"wan1\",\"interfaceIndex\":7,"
                        + "\"usable\":true,\"obstacle\":\"\",\"troubles\":[{\"localAddress\":\"10.0.2.1\","
                        + "\"remoteAddress\":\"192.0.2.1\",\"remotePort\":443,\"cause\":\"no answer so far\","
                        + "\"times\":2,\"since\":\"2026-01-02T03:04:05Z\"}]},{\"address\":\"10.0.3.1\",\"prefixLength\":24,"
                        + "\"interface\":\"wan2\",\"interfaceIndex\":8,\"usable\":false,"
                        + "\"obstacle\":\"interface wan2 has no carrier\"}]");

        assertEquals("""
                ADDRESS      INTERFACE  INDEX  USABLE
                10.0.2.1/24  wan1       7      yes
                10.0.3.1/24  wan2       8      no: interface wan2 has no carrier

                TROUBLE FROM  TO             TIMES  SINCE                 WHAT
                10.0.2.1      192.0.2.1:443  2      2026-01-02T03:04:05Z  no answer so far
                """, output("addresses", "--all"));
    }

    @Test
    void shouldShowFigures() {
        String answer =
                "[{\"token\":48879,\"subflows\":[{\"token\":48879,\"localAddress\":\"10.0.1.1\",\"localPort\":40000,"
                        + "\"remoteAddress\":\"10.0.9.2\",\"remotePort\":80,\"state\":\"ESTABLISHED\",\"rttUs\":20480,"
                        + "\"rtoUs\":204000,\"timeouts\":3,\"congestionWindowSegments\":10,\"lostSegments\":1,"
                        + "\"pacingRateBytesPerSecond\":1250000,\"deliveryRateBytesPerSecond\":990,\"bytesSent\":52428800,"
                        + "\"bytesRetransmitted\":9999,\"bytesReceived\":1,\"lastDataSentMs\":61000}]}]";
        daemon.answer("\"token\":48879", answer).answer("figures", "[]");

        assertEquals(answer + "\n", output("figures", "beef", "--json"));
        assertEquals("""
                TOKEN     FROM            TO           STATE        RTT      RTO       TIMEOUTS  CWND  LOST  PACING     DELIVERY  SENT   AGAIN   RECEIVED  IDLE
                0000beef  10.0.1.1:40000  10.0.9.2:80  established  20.4 ms  204.0 ms  3         10    1     1250 kB/s  990 B/s   52 MB  9999 B  1 B       1m01s
                """, output("figures", "beef"));
        assertEquals("No subflows.\n", output("figures"));
        assertEquals(1, run("figures", "1"));
    }

    @Test
    void shouldShowHealth() {
        String health = "{\"namespace\":\"/run/netns/gw\",\"lastEvent\":null,\"receiveBufferBytes\":4194304}";
        daemon.answer("health", health);

        assertEquals(health + "\n", output("health", "--json"));
        assertEquals("""
                WHAT                  VALUE
                namespace             /run/netns/gw
                last event            -
                receive buffer bytes  4194304
                """, output("health"));
    }

    @Test
    void shouldShowTheLatestRecoveriesInWords() {
        daemon.answer("health", "{\"latestRecoveries\":[{\"tookMs\":2,\"reason\":\"SMAPP started\"}]}");

        assertTrue(output("health").contains("2 ms, SMAPP started"), () -> output("health"));
    }

    @Test
    void shouldShowWhatIsConfigured() {
        String problem = "org.smapp.core.cfg stays as it was: stuckCallMs: '0' is not a whole number from 10 to 600000";
        String config = "[{\"pid\":\"org.smapp.core\",\"file\":\"org.smapp.core.cfg\",\"problem\":\"" + problem
                + "\",\"settings\":[{\"key\":\"stuckCallMs\",\"value\":1000,\"set\":false,\"allowed\":\"10 to 600000\"},"
                + "{\"key\":\"excludedInterfaces\",\"value\":[\"docker*\"],\"set\":true,\"allowed\":\"list\"}]}]";
        daemon.answer("config", config);

        assertEquals(config + "\n", output("config", "--json"));
        assertEquals("""
                CONFIGURATION   KEY                 VALUE
                org.smapp.core  excludedInterfaces  [ docker* ]
                """ + "WRONG: " + problem + "\n", output("config"));
        assertTrue(output("config", "--all").contains("1000         default             10 to 600000"), out);
    }

    @Test
    void shouldShowTheJournal() {
        daemon.answer(
                "\"token\":48879",
                "[{\"time\":\"2026-01-02T03:04:05.678901Z\",\"type\":\"COMMAND_DONE\",\"token\":48879,"
                        + "\"command\":\"create subflow 10.0.2.1 -> 10.0.9.2:80\",\"accepted\":false,"
                        + "\"outcome\":\"No route to host.\",\"errno\":113,\"controller\":\"fullmesh\","
                        + "\"reason\":\"new address\",\"reactionNanos\":12345,"
                        + "\"message\":\"fullmesh: create subflow 10.0.2.1 -> 10.0.9.2:80: No route to host.\"}]");

        assertEquals(
                "2026-01-02T03:04:05.678Z  0000beef  "
                        + "fullmesh: create subflow 10.0.2.1 -> 10.0.9.2:80: No route to host.\n",
                output("journal", "--token", "beef"));
    }

    @Test
    void shouldFollowEventsUntilTheDaemonEnds() {
        String closed = "{\"topic\":\"SUBFLOW_CLOSED\",\"time\":\"2026-01-02T03:04:05Z\",\"token\":48879,"
                + "\"backup\":false,\"cause\":\"ETIMEDOUT (Connection timed out)\",\"errno\":110,\"localId\":1,"
                + "\"localAddress\":\"10.0.2.1\",\"localPort\":40001,\"recovered\":true,\"remoteId\":0,\"interfaceIndex\":0,"
                + "\"remoteAddress\":\"10.0.9.2\",\"remotePort\":80,\"message\":\"subflow closed, as it is\"}";
        String added = "{\"topic\":\"OF_ANOTHER_PUBLISHER\",\"time\":\"2026-01-02T03:04:06Z\"}";
        daemon.answer("events", closed + "\n{\"lost\":3}\n" + added);

        assertEquals(1, run("events", "--json"));
        assertEquals(closed + "\n{\"lost\":3}\n" + added + "\n", out);
        assertEquals("smapp: The daemon has ended.\n", err);

        assertEquals(1, run("events"));
        assertEquals("""
                2026-01-02T03:04:05.000Z  0000beef  subflow closed, as it is (found by asking the kernel)
                (3 events were dropped here: this program did not keep up)
                2026-01-02T03:04:06.000Z            of another publisher
                """, out);
    }

    @Test
    void shouldSayThatNoDaemonIsThere() throws IOException {
        daemon.close();

        assertEquals(1, run("connections", "--json"));
        assertEquals(
                "smapp: No SMAPP daemon answers at " + folder.resolve("control.sock")
                        + ". Start it with \"smapp run\", or name its socket with --control.\n",
                err);
        assertEquals("", out);
    }

    @Test
    void shouldPassARefusalOn() {
        daemon.answer("connections", "{\"error\":\"Not today.\"}");

        assertEquals(1, run("connections", "--json"));
        assertEquals("smapp: Not today.\n", err);
    }

    @Test
    void shouldSayThatTheDaemonHungUp() {
        assertEquals(1, run("health"));
        assertTrue(err.contains("hung up without an answer"), err);
    }

    @Test
    void shouldSayThatItIsNoDaemonOfOurs() {
        daemon.answer("health", "HTTP/1.1 400 Bad Request");

        assertEquals(1, run("health"));
        assertTrue(err.startsWith("smapp: The answer makes no sense"), err);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"conections", "connection", "connection xyz", "subflow", "subflow destroy beef", "events --fast"
            })
    void shouldExplainAWrongCommandLine(String line) {
        daemon.answer("connections", "[" + WATCHED + "]");

        assertEquals(2, run(line.split(" ")));
        assertTrue(err.startsWith("smapp: ") && err.contains("--help'"), err);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "connections",
                "connection",
                "controllers",
                "addresses",
                "events",
                "journal",
                "health",
                "subflow",
                "subflow create",
                "subflow destroy",
                "subflow backup",
                "announce",
                "withdraw"
            })
    void shouldHelpWithExamples(String command) {
        String help = output((command + " --help").split(" "));

        assertTrue(help.startsWith("Usage: smapp " + command), help);
        assertTrue(help.contains("Examples:\n  smapp " + command), help);
    }

    @Test
    void shouldListAllCommandsInItsHelp() {
        String help = output("--help");

        assertTrue(help.contains("withdraw") && help.contains("generate-completion"), help);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "connection", "events", "figures", "journal", "subflow", "subflow create", "withdraw"})
    void shouldHelpOnATerminalOfUsualSize(String command) {
        List<String> lines =
                output((command + " --help").trim().split(" ")).lines().toList();

        lines.forEach(line -> assertTrue(line.length() <= 80, line));
        assertTrue(!command.isEmpty() || lines.size() < 24, () -> String.join("\n", lines));
    }

    @Test
    void shouldWriteACompletionScript() {
        assertTrue(output("generate-completion").contains("complete -F _complete_smapp"), out);
    }

    private String output(String... arguments) {
        assertEquals(0, run(arguments), () -> err);
        return out;
    }

    private int run(String... arguments) {
        List<String> line = new ArrayList<>(List.of(arguments));
        if (!line.contains("--help") && !line.contains("generate-completion")) {
            line.add("--control");
            line.add(folder.resolve("control.sock").toString());
        }
        StringWriter outText = new StringWriter();
        StringWriter errText = new StringWriter();
        String[] words = line.toArray(String[]::new);
        int status = Smapp.commandLine(words)
                .setOut(new PrintWriter(outText))
                .setErr(new PrintWriter(errText))
                .execute(words);
        out = outText.toString();
        err = errText.toString();
        return status;
    }
}
