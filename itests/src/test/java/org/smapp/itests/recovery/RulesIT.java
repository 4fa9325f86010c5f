package org.smapp.itests.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.smapp.testkit.gateway.Shown;
import org.smapp.testkit.lab.Deadline;
import org.smapp.testkit.lab.GatewayLab;
import org.smapp.testkit.lab.Host;

/** Rules give connections to controllers by what they differ in, and a change of rules moves live ones. */
final class RulesIT extends LoadedGatewayTest {

    private static final String OTHER_PORT = "7001";
    private static final String OTHER_SERVER = "10.71.9.2";
    private static final String NOBODY = "65534";

    @BeforeEach
    void configure() {
        for (String each : List.of("backup", "flowlb", "ndiffports", "streaming")) {
            gateway.smapp.deployShipped("controller-" + each + "-1.0.0.jar");
        }
        gateway.lab.server().address("lo", OTHER_SERVER + "/32");
        gateway.serve(gateway.lab.server(), OTHER_PORT);
        rule("port", "ranking = 4\nside = client\nremotePorts = 7001, 7100-7199\ncontroller = ndiffports\n");
        rule("prefix", "ranking = 3\nremotePrefixes = 10.71.9.2/31\ncontroller = flowlb\n");
        rule("side", "ranking = 2\nside = server\ninterfaces = wan*\ncontroller = backup\n");
        rule("uid", "ranking = 1\nuids = " + NOBODY + "\ncontroller = streaming\n");
        Deadline.waitFor(
                "five controllers",
                RunningCore.SOON,
                () -> gateway.smapp.control().controllers().size() == 5);
    }

    private void rule(String name, String lines) {
        gateway.smapp.configure("org.smapp.rule-" + name, lines);
    }

    @Test
    void shouldGiveEachConnectionToItsControllerAndMoveItLive() throws IOException {
        assumeTrue(mayBecome(NOBODY), "a user namespace with one user has nobody else to become");
        Host client = gateway.lab.gateway();
        long plain = opened(client, GatewayLab.SERVER, LoadedGateway.PORT);
        long byPort = opened(client, GatewayLab.SERVER, OTHER_PORT);
        long byPrefix = opened(client, OTHER_SERVER, LoadedGateway.PORT);
        long bySide = opened(gateway.lab.server(), LoadedGateway.LOCAL, LoadedGateway.PORT);
        long byUid =
                opened(client, GatewayLab.SERVER, LoadedGateway.PORT, "setpriv", "--reuid", NOBODY, "--clear-groups");
        awaitOwner(plain, "fullmesh");
        awaitOwner(byPort, "ndiffports");
        awaitOwner(byPrefix, "flowlb");
        awaitOwner(bySide, "backup");
        awaitOwner(byUid, "streaming");
        Set<String> subflows = gateway.settled().subflows();

        rule("port", "ranking = 4\nremotePorts = 443\ncontroller = ndiffports\n");
        awaitOwner(byPort, "fullmesh");
        rule("prefix", "ranking = 3\nremotePrefixes = 10.71.9.2\ncontroller = streaming\n");
        awaitOwner(byPrefix, "streaming");
        rule("side", "ranking = 2\nside = server\ncontroller = ndiffports\n");
        awaitOwner(bySide, "ndiffports");
        gateway.smapp.removeConfiguration("org.smapp.rule-uid");
        awaitOwner(byUid, "fullmesh");
        rule("port", "ranking = 4\nremotePorts = https\ncontroller = ndiffports\n");
        rule("default", "controller = backup\n");
        awaitOwner(plain, "backup");
        assertTrue(gateway.settled().subflows().containsAll(subflows), "a subflow was closed");
        assertEquals(0, gateway.loadCounts()[2], "errors of the traffic");
    }

    @Test
    void shouldLetTwoRulesUseOneControllerDifferently() {
        policy("single", "controller = fullmesh\nmaxSubflows = 1\n");
        rule("port", "ranking = 4\nside = client\nremotePorts = 7001\npolicy = single\n");
        awaitProblem("");
        Host client = gateway.lab.gateway();
        long plain = opened(client, GatewayLab.SERVER, LoadedGateway.PORT);
        awaitPolicy(opened(client, GatewayLab.SERVER, OTHER_PORT), "single"); // rule and policy are in force now
        long single = opened(client, GatewayLab.SERVER, OTHER_PORT);
        awaitPolicy(single, "single");
        awaitSubflows(plain, 2);
        assertEquals("", connection(plain).policy());
        assertEquals("fullmesh", connection(single).controller());
        assertEquals(1, connection(single).subflows().size());

        policy("single", "controller = fullmesh\nmaxSubflows = 2\n");
        awaitSubflows(single, 2);
        policy("single", "controller = fullmesh\nmaxSubflow = 1\n");
        awaitProblem(
                "org.smapp.policy-single.cfg stays as it was: maxSubflow: there is no such key; did you mean maxSubflows?");
        gateway.smapp.removeConfiguration("org.smapp.policy-single");
        awaitProblem("org.smapp.rule-port.cfg names a policy that is not there, single");
        assertEquals("", connection(single).policy());
        assertEquals(2, connection(single).established().size(), "a subflow was closed");
        assertEquals(0, gateway.loadCounts()[2], "errors of the traffic");
    }

    private void policy(String name, String lines) {
        gateway.smapp.configure("org.smapp.policy-" + name, lines);
    }

    private Shown.Connection connection(long token) {
        return gateway.smapp.control().connection(token).orElseThrow();
    }

    private void awaitSubflows(long token, int count) {
        Deadline.waitFor(
                count + " subflows of connection " + Long.toHexString(token),
                RunningCore.SOON,
                () -> connection(token).established().size() == count);
    }

    /** @param sentence empty for none that is about a policy */
    private void awaitProblem(String sentence) {
        Deadline.waitFor("the health to say: " + sentence, RunningCore.SOON, () -> {
            String health = gateway.smapp.control().health().toString();
            return sentence.isEmpty() ? !health.contains("policy") : health.contains(sentence);
        });
    }

    private static boolean mayBecome(String uid) throws IOException {
        String[] map = Files.readString(Path.of("/proc/self/uid_map")).trim().split("\\s+");
        return Long.parseLong(map[0]) + Long.parseLong(map[2]) > Long.parseLong(uid);
    }

    /** Opens a connection and returns its token. */
    private long opened(Host from, String address, String port, String... through) {
        Set<String> before = new TreeSet<>(gateway.settled().tokens());
        gateway.keep(from, address, port, 1, through);
        Set<String> after = new TreeSet<>(gateway.settled().tokens());
        after.removeAll(before);
        assertEquals(1, after.size(), "new connections");
        return Long.parseLong(after.iterator().next(), 16);
    }

    private void awaitPolicy(long token, String policy) {
        Deadline.waitFor(
                "policy " + policy,
                RunningCore.SOON,
                () -> connection(token).policy().equals(policy));
    }

    private void awaitOwner(long token, String controller) {
        Deadline.waitFor(
                controller + " to own the connection, which belongs to " + owner(token),
                RunningCore.SOON,
                () -> owner(token).equals(controller));
    }

    private String owner(long token) {
        return gateway.smapp
                .control()
                .connection(token)
                .map(Shown.Connection::controller)
                .orElse("no such connection");
    }
}
