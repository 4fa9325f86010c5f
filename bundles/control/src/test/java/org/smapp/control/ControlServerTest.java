package org.smapp.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.smapp.api.ConnectionSnapshot;
import org.smapp.api.Outcome;
import org.smapp.api.Token;

@Timeout(20)
class ControlServerTest {

    private static final String WITHDRAW =
            "{\"op\":\"submit\",\"command\":\"withdraw\",\"token\":4225463141,\"localId\":3}";

    @TempDir
    Path folder;

    private final AtomicLong nanos = new AtomicLong();
    private final FakePathManager pathManager = new FakePathManager();
    private Path path;
    private ControlServer server;

    @BeforeEach
    void setUp() throws IOException {
        path = folder.resolve("control.sock");
        server = ControlServer.start(
                SocketFile.open(path),
                new Operations(
                        pathManager,
                        new FakeMeasurements(),
                        new FakeConfigurations(),
                        () -> List.of("the lamp is out")),
                handler -> () -> {},
                nanos::get);
    }

    @AfterEach
    void tearDown() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "controllers|[{\"name\":\"fullmesh\",\"version\":\"1.0.0\","
                        + "\"bundle\":\"org.smapp.controller.fullmesh\",\"connections\":2,\"quarantined\":\"\"}]",
                "addresses|[{\"address\":\"10.0.2.1\",\"prefixLength\":24,"
                        + "\"interface\":\"wan1\",\"interfaceIndex\":7}]",
                "journal|[{\"time\":\"2026-01-02T03:04:05.678Z\",\"type\":\"EVENTS_LOST\","
                        + "\"source\":\"kernel\",\"count\":-1,\"message\":\"events lost by kernel\"},"
                        + "{\"time\":\"2026-01-02T03:04:05.678Z\",\"type\":\"CONNECTION_CLOSED\",\"token\":48879,"
                        + "\"message\":\"connection closed\"}]",
                "health|{\"namespace\":\"/proc/self/ns/net\",\"subscribedSince\":\"2026-01-02T03:04:05Z\","
                        + "\"lastEvent\":null,\"events\":1,\"malformed\":2,\"overruns\":3,\"recoveries\":1,\"lastComparisonMs\":12,\"commands\":4,\"refused\":5,"
                        + "\"connections\":6,\"inbox\":7,\"backlog\":8,\"unpublished\":9,\"receiveBufferBytes\":10,"
                        + "\"latestRecoveries\":[],\"quarantined\":[],\"slowCalls\":0,\"agentsReplaced\":0,"
                        + "\"timeoutSource\":\"polling\",\"timeoutReason\":\"Because.\",\"otherPathManagers\":[],"
                        + "\"pathTroubles\":[\"from 10.0.2.1 to 10.0.9.2:80: no answer so far (2 times since"
                        + " 2026-01-02T03:04:05Z)\"],"
                        + "\"warnings\":[\"the lamp is out\"]}",
                "config|[{\"pid\":\"org.smapp.core\",\"file\":\"org.smapp.core.cfg\","
                        + "\"problem\":\"" + FakeConfigurations.PROBLEM + "\",\"settings\":["
                        + "{\"key\":\"stuckCallMs\",\"value\":1000,\"set\":false,\"allowed\":\"10 to 600000\"},"
                        + "{\"key\":\"excludedInterfaces\",\"value\":[\"docker*\"],\"set\":true,"
                        + "\"allowed\":\"list\"}]}]",
                "dance|{\"error\":\"Unknown operation \\\"dance\\\". There are: connections, controllers, addresses,"
                        + " events, figures, journal, health, config, submit.\"}"
            })
    void shouldAnswerInOneLine(String operation, String answer) throws IOException {
        try (TestClient client = new TestClient(path)) {
            assertEquals(answer, client.ask("{\"op\":\"" + operation + "\"}"));
        }
    }

    @Test
    void shouldSayWhyAddressesCanNotBeUsed() throws IOException {
        try (TestClient client = new TestClient(path)) {
            assertEquals(
                    "[{\"address\":\"10.0.2.1\",\"prefixLength\":24,\"interface\":\"wan1\",\"interfaceIndex\":7,"
                            + "\"usable\":true,\"obstacle\":\"\",\"troubles\":[{\"localAddress\":\"10.0.2.1\",\"localPort\":0,\"remoteAddress\":\"10.0.9.2\",\"remotePort\":80,"
                            + "\"cause\":\"no answer so far\",\"times\":2,\"since\":\"2026-01-02T03:04:05Z\"}]},"
                            + "{\"address\":\"10.0.3.1\",\"prefixLength\":24,\"interface\":\"wan2\",\"interfaceIndex\":8,"
                            + "\"usable\":false,\"obstacle\":\"interface wan2 has no carrier\",\"troubles\":[]}]",
                    client.ask("{\"op\":\"addresses\",\"all\":true}"));
        }
    }

    @Test
    void shouldShowFiguresInTheAgreedShape() throws IOException {
        try (TestClient client = new TestClient(path)) {
            String all = client.ask("{\"op\":\"figures\"}");
            assertEquals(all, client.ask("{\"op\":\"figures\",\"token\":4225463141}"));
            assertEquals(
                    "[{\"token\":4225463141,\"localAddress\":\"10.0.1.1\",\"localPort\":40000,"
                            + "\"remoteAddress\":\"10.0.9.2\",\"remotePort\":80,\"state\":\"ESTABLISHED\","
                            + "\"subflowCount\":2,\"fallback\":false,\"flags\":2,\"writeSequence\":100,"
                            + "\"unacknowledgedSequence\":90,\"receivedSequence\":1,\"bytesSent\":99,"
                            + "\"bytesAcknowledged\":89,\"bytesReceived\":0,\"bytesRetransmitted\":5,"
                            + "\"retransmissions\":1,\"lastDataSentMs\":10,\"lastDataReceivedMs\":20,"
                            + "\"lastAckReceivedMs\":30,\"subflows\":[{\"token\":4225463141,"
                            + "\"localAddress\":\"10.0.2.1\",\"localPort\":40001,\"remoteAddress\":\"10.0.9.2\","
                            + "\"remotePort\":80,\"localId\":1,\"remoteId\":0,\"state\":\"SYN_SENT\","
                            + "\"congestionControl\":\"cubic\",\"rttUs\":1,\"rttVariationUs\":2,\"minRttUs\":3,"
                            + "\"rtoUs\":4,\"consecutiveTimeouts\":5,\"timeouts\":6,\"congestionWindowSegments\":7,"
                            + "\"slowStartThresholdSegments\":8,\"unacknowledgedSegments\":9,\"lostSegments\":10,"
                            + "\"retransmittedSegments\":11,\"pacingRateBytesPerSecond\":12,"
                            + "\"deliveryRateBytesPerSecond\":13,\"bytesSent\":14,\"bytesAcknowledged\":15,"
                            + "\"bytesReceived\":16,\"bytesRetransmitted\":17,\"unsentBytes\":18,"
                            + "\"lastDataSentMs\":19,\"lastDataReceivedMs\":20,\"lastAckReceivedMs\":21,"
                            + "\"busyUs\":22,\"receiverLimitedUs\":23,\"senderLimitedUs\":24,"
                            + "\"pathMtuBytes\":25}]}]",
                    all);
        }
    }

    @Test
    void shouldShowConnectionsInTheAgreedShape() throws IOException {
        try (TestClient client = new TestClient(path)) {
            assertEquals(
                    "[{\"token\":4225463141,\"side\":\"CLIENT\",\"state\":\"ESTABLISHED\",\"controller\":\"fullmesh\",\"policy\":\"\","
                            + "\"local\":{\"address\":\"10.0.1.1\",\"port\":40000},"
                            + "\"remote\":{\"address\":\"10.0.9.2\",\"port\":80},"
                            + "\"backup\":false,\"recovered\":true,\"denyJoinId0\":false,\"pathManager\":\"USER_SPACE\",\"subflows\":["
                            + "{\"localAddress\":\"10.0.1.1\",\"localPort\":40000,"
                            + "\"remoteAddress\":\"10.0.9.2\",\"remotePort\":80,\"localId\":0,\"remoteId\":0,"
                            + "\"state\":\"ESTABLISHED\",\"backup\":false,\"interface\":\"wan0\"},"
                            + "{\"localAddress\":\"10.0.2.1\",\"localPort\":40001,"
                            + "\"remoteAddress\":\"10.0.9.2\",\"remotePort\":80,\"localId\":1,\"remoteId\":0,"
                            + "\"state\":\"CONNECTING\",\"backup\":true,\"interface\":\"wan1\"}],"
                            + "\"remoteAddresses\":[{\"id\":0,\"address\":\"10.0.9.2\",\"port\":80}],\"since\":\"2026-01-02T03:04:05Z\","
                            + "\"troubles\":[{\"localAddress\":\"10.0.2.1\",\"localPort\":0,\"remoteAddress\":\"10.0.9.2\",\"remotePort\":80,"
                            + "\"cause\":\"no answer so far\",\"times\":2,\"since\":\"2026-01-02T03:04:05Z\"}]}]",
                    client.ask("{\"op\":\"connections\",\"token\":4225463141}"));
        }
    }

    @Test
    void shouldShowOneConnectionsJournal() throws IOException {
        try (TestClient client = new TestClient(path)) {
            assertEquals("[]", client.ask("{\"op\":\"journal\",\"token\":1}"));
            assertTrue(client.ask("{\"op\":\"journal\",\"token\":48879}").contains("CONNECTION_CLOSED"));
        }
    }

    @Test
    void shouldHandCommandsOver() throws IOException {
        try (TestClient client = new TestClient(path)) {
            assertEquals(
                    "{\"command\":\"withdraw address id 3\",\"accepted\":true,\"outcome\":\"accepted\"}",
                    client.ask(WITHDRAW));
        }
        assertEquals(FakePathManager.TOKEN, pathManager.commands.get(0).token());
        assertTrue(pathManager.reasons.get(0).startsWith("asked for by "), pathManager.reasons.get(0));
    }

    @Test
    void shouldAnswerACommandWhenItsOutcomeIsThere() throws IOException {
        pathManager.outcome = new CompletableFuture<>();
        try (TestClient client = new TestClient(path);
                TestClient other = new TestClient(path)) {
            client.send(WITHDRAW + "\n{\"op\":\"controllers\"}\n");
            assertTrue(other.ask("{\"op\":\"health\"}").startsWith("{"));

            pathManager.outcome.complete(new Outcome.Refused(22, "invalid token", 20, -1, "No such connection."));

            assertEquals(
                    "{\"command\":\"withdraw address id 3\",\"accepted\":false,\"outcome\":\"No such connection.\","
                            + "\"errno\":22,\"kernelText\":\"invalid token\"}",
                    client.line());
            assertTrue(client.line().startsWith("[{\"name\":\"fullmesh\""));
        }
    }

    @Test
    void shouldAnswerWhenThePathManagerFails() throws IOException {
        pathManager.connections = null;
        try (TestClient client = new TestClient(path)) {
            assertTrue(client.ask("{\"op\":\"connections\"}").startsWith("{\"error\":\"The daemon could not answer"));
            assertTrue(client.ask("{\"op\":\"health\"}").startsWith("{\"namespace\""));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "connections|The request is not an object such as",
                "{|The request is not JSON: ",
                "{\"operation\":\"health\"}|The request has no \\\"op\\\".",
                "{\"op\":\"journal\",\"token\":-1}|\\\"token\\\" is not a number of 32 bits without a sign: -1"
            })
    void shouldRefuseABadRequestAndGoOn(String request, String sentence) throws IOException {
        try (TestClient client = new TestClient(path)) {
            String answer = client.ask(request);
            assertTrue(answer.startsWith("{\"error\":\"" + sentence), answer);
            assertTrue(client.ask("{\"op\":\"health\"}").startsWith("{\"namespace\""));
        }
    }

    @Test
    void shouldSendAwayWhoeverSendsTooMuch() throws IOException {
        try (TestClient client = new TestClient(path)) {
            client.send("x".repeat(Client.MAX_REQUEST_BYTES));
            assertEquals("{\"error\":\"The request is longer than 16384 bytes.\"}", client.line());
            assertNull(client.line());
        }
    }

    @Test
    void shouldAnswerALastRequestWithoutLineFeed() throws IOException {
        try (TestClient client = new TestClient(path)) {
            client.send("{\"op\":\"health\"}").endOfRequests();
            assertTrue(client.line().startsWith("{\"namespace\""));
            assertNull(client.line());
        }
    }

    @Test
    void shouldMakeRoomByTheOneThatHasAskedForNothingForTheLongestTime() throws IOException {
        List<TestClient> clients = new ArrayList<>();
        for (int i = 0; i < Clients.PLACES; i++) {
            clients.add(new TestClient(path));
            clients.get(i).ask("{\"op\":\"health\"}");
            nanos.addAndGet(1);
        }
        clients.get(0).ask("{\"op\":\"health\"}");
        try (TestClient oneMore = new TestClient(path)) {
            assertFalse(oneMore.ask("{\"op\":\"health\"}").startsWith("{\"error\""));
        }
        assertNull(clients.remove(1).line());
        for (TestClient client : clients) {
            assertFalse(client.ask("{\"op\":\"health\"}").startsWith("{\"error\""));
            client.close();
        }
    }

    @Test
    void shouldRefuseOneMoreWhereAllAreBusy() throws IOException, InterruptedException {
        pathManager.outcome = new CompletableFuture<>();
        List<TestClient> clients = new ArrayList<>();
        for (int i = 0; i < Clients.PLACES; i++) {
            clients.add(new TestClient(path).send(WITHDRAW + "\n"));
            while (pathManager.commands.size() <= i) {
                Thread.sleep(1);
            }
        }
        try (TestClient oneTooMany = new TestClient(path)) {
            assertTrue(oneTooMany.line().startsWith("{\"error\":\"The daemon serves 16 clients at a time"));
        }
        pathManager.outcome.complete(Outcome.Accepted.ACCEPTED);
        for (TestClient client : clients) {
            assertTrue(client.line().contains("accepted"));
            client.close();
        }
    }

    @Test
    void shouldSendAwayWhoeverAsksForNothing() throws IOException {
        try (TestClient idle = new TestClient(path);
                TestClient half = new TestClient(path)) {
            half.ask("{\"op\":\"health\"}");
            half.send("{\"op\":");
            awaitServer();
            nanos.addAndGet(Client.IDLE_NANOS + 1);

            assertNull(idle.line());
            assertNull(half.line());
        }
    }

    /** Returns when the server has finished with what it was sent before. */
    private void awaitServer() throws IOException {
        try (TestClient last = new TestClient(path)) {
            last.ask("{\"op\":\"health\"}");
        }
    }

    @Test
    void shouldKeepWhoeverFollowsTheEvents() throws IOException {
        try (TestClient follower = new TestClient(path)) {
            follower.send("{\"op\":\"events\"}\n");
            try (TestClient idle = new TestClient(path)) {
                idle.ask("{\"op\":\"health\"}");
                awaitServer();
                nanos.addAndGet(Client.IDLE_NANOS + 1);
                assertNull(idle.line());
            }
            server.close(); // only now
            assertNull(follower.line());
        }
    }

    @Test
    void shouldHaveFewLongAnswersUnderWayAndSendAwayWhoeverDoesNotReadOne() throws IOException {
        pathManager.connections = Collections.nCopies(10_000, FakePathManager.connection(new Token(1)));
        List<TestClient> lazy = new ArrayList<>();
        for (int i = 0; i < Clients.LONG_ANSWERS; i++) {
            lazy.add(new TestClient(path).send("{\"op\":\"connections\"}\n"));
            lazy.get(i).begin();
        }
        try (TestClient patient = new TestClient(path);
                TestClient brief = new TestClient(path)) {
            patient.send("{\"op\":\"connections\"}\n");
            assertTrue(brief.ask("{\"op\":\"health\"}").startsWith("{\"namespace\""), "a short answer needs no turn");

            nanos.addAndGet(Client.STANDSTILL_NANOS + 1);

            assertTrue(patient.line().endsWith("]"));
        }
        for (TestClient each : lazy) {
            assertFalse(each.line().endsWith("]"), "cut");
            each.close();
        }
        assertTrue(server.warnings().get(0).contains("did not read their answers"));
    }

    @Test
    void shouldLetOthersInBetweenWhenOneAsksForALot() throws IOException {
        try (TestClient greedy = new TestClient(path);
                TestClient other = new TestClient(path)) {
            greedy.send("{\"op\":\"health\"}\n".repeat(500));
            assertTrue(other.ask("{\"op\":\"health\"}").startsWith("{\"namespace\""));
            for (int i = 0; i < 500; i++) {
                assertTrue(greedy.line().startsWith("{\"namespace\""));
            }
        }
    }

    @Test
    void shouldMakeItsFileAnewWhenItIsRemoved() throws IOException, InterruptedException {
        try (TestClient connected = new TestClient(path)) {
            connected.ask("{\"op\":\"health\"}");
            Files.delete(path);
            while (!Files.exists(path)) {
                Thread.sleep(10);
            }
            try (TestClient next = new TestClient(path)) {
                assertTrue(next.ask("{\"op\":\"health\"}").startsWith("{\"namespace\""));
            }
            assertTrue(connected.ask("{\"op\":\"health\"}").startsWith("{\"namespace\""));
            assertTrue(server.warnings().get(0).contains("was removed, and was made anew"));
        }
    }

    @Test
    void shouldServeOthersWhileOneIsSlow() throws IOException {
        ConnectionSnapshot connection = FakePathManager.connection(new Token(1));
        pathManager.connections = Collections.nCopies(10_000, connection);
        try (TestClient slow = new TestClient(path);
                TestClient other = new TestClient(path)) {
            slow.send("{\"op\":\"connections\"}\n");
            assertTrue(other.ask("{\"op\":\"health\"}").startsWith("{\"namespace\""));
            String answer = slow.line();
            assertEquals(10_000, answer.split("\"recovered\"", -1).length - 1);
        }
    }

    @Test
    void shouldLeaveNothingBehind() throws IOException {
        try (TestClient client = new TestClient(path)) {
            client.ask("{\"op\":\"health\"}");
            server.close();
            assertNull(client.line());
        }
        assertFalse(Files.exists(path));
    }
}
