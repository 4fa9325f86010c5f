package org.smapp.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.smapp.launcher.AssembledPlatform;
import org.smapp.testkit.gateway.Shown;
import org.smapp.testkit.gateway.Smapp;
import org.smapp.testkit.lab.Deadline;
import org.smapp.testkit.lab.Download;
import org.smapp.testkit.lab.GatewayLab;
import org.smapp.testkit.lab.LabAssumptions;
import org.smapp.testkit.lab.LabProcess;
import org.smapp.testkit.lab.Link;

/** The gateway as an operator runs it: a process, its ready line, its command line, its end by each kind of signal. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class DaemonIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String SMAPP =
            AssembledPlatform.HOME.resolve("bin/smapp").toString();
    private static final Duration TRANSFER_LIMIT = Duration.ofSeconds(60);

    private GatewayLab lab;
    private Smapp smapp;

    @BeforeEach
    void open() {
        LabAssumptions.traffic(Link.Kind.best());
        lab = GatewayLab.open("it-daemon-" + ProcessHandle.current().pid());
        smapp = new Smapp(lab.lab(), lab.gateway(), AssembledPlatform.HOME).deployShipped();
    }

    @AfterEach
    void close() {
        if (lab != null) {
            lab.close();
        }
    }

    @Test
    void shouldServeUntilItIsAskedToStop() throws IOException {
        smapp.start();
        String ready = smapp.process().output();
        assertTrue(ready.contains(netns()) && ready.contains("control.sock"), ready);
        assertEquals("1", lab.gateway().sysctl("net.mptcp.pm_type"));
        try (Traffic traffic = Traffic.serve(lab, 4 << 20)) {
            Download download = traffic.download("--limit-rate", "1M");
            Deadline.waitFor(
                    "a connection of the full mesh with two subflows",
                    SOON,
                    () -> connections().stream()
                            .anyMatch(each -> each.subflows().size() == 2
                                    && each.controller().equals("fullmesh"))); // one look: it may end before the next
            assertEquals(traffic.sha256(), download.await(TRANSFER_LIMIT).sha256());
        }
        smapp.stop();
        assertEquals("0", lab.gateway().sysctl("net.mptcp.pm_type"));
        assertFalse(Files.exists(smapp.control().path()), "its socket is gone");
        assertFalse(smapp.process().errors().contains(" ERROR "), smapp.process()::errors);
    }

    @Test
    void shouldFindItsConnectionsAgainAfterAKill() throws IOException {
        smapp.start();
        try (Traffic traffic = Traffic.serve(lab, 12 << 20)) {
            lab.links().forEach(line -> line.rate(2_000_000));
            Download download = traffic.download();
            Deadline.waitFor("two subflows", SOON, () -> subflows() == 2);
            long before = connections().get(0).token();
            smapp.kill();

            smapp.start();
            Deadline.waitFor(
                    "the connection is found",
                    SOON,
                    () -> connections().stream().anyMatch(Shown.Connection::recovered));
            assertEquals(1, connections().size());
            assertEquals(before, connections().get(0).token());
            assertEquals(2, subflows());
            assertEquals("fullmesh", connections().get(0).controller());
            assertTrue(download.isRunning());
            lab.links().forEach(line -> line.rate(100_000_000));
            assertEquals(traffic.sha256(), download.await(TRANSFER_LIMIT).sha256());
        }
        Deadline.waitFor(
                "the connection is forgotten", SOON, () -> connections().isEmpty());
        smapp.stop();
    }

    @Test
    void shouldGiveBackInOrderWhatItTookBeforeAKill() {
        smapp.start();
        smapp.kill();
        smapp.start();
        smapp.stop();
        assertEquals("0", lab.gateway().sysctl("net.mptcp.pm_type"));
    }

    @Test
    void shouldHaveGivenBackByACommandWhatItTookBeforeAKill() {
        smapp.start();
        smapp.kill();
        assertEquals("1", lab.gateway().sysctl("net.mptcp.pm_type"));
        String data = smapp.control().path().resolveSibling("data").toString();

        assertEquals("Gave back: net.mptcp.pm_type is 0 again.", run("give-back", "--data", data));

        assertEquals("0", lab.gateway().sysctl("net.mptcp.pm_type"));
        assertTrue(run("give-back", "--data", data).startsWith("Nothing is to be given back"));
    }

    @Test
    void shouldNotGiveBackWhatARunningGatewayNeeds() {
        smapp.start();
        String data = smapp.control().path().resolveSibling("data").toString();

        LabProcess giveBack = lab.lab().start(Map.of(), SMAPP, "give-back", "--data", data);

        assertEquals(1, giveBack.waitFor(SOON));
        assertTrue(giveBack.errors().contains("Another smapp is running"), giveBack::errors);
        assertEquals("1", lab.gateway().sysctl("net.mptcp.pm_type"));
    }

    @Test
    void shouldSayThatItsOutputWasNotWritten() {
        smapp.start();
        String socket = smapp.control().path().toString();

        LabProcess full =
                lab.lab().start(Map.of(), "sh", "-c", "exec \"$0\" health --control \"$1\" > /dev/full", SMAPP, socket);

        assertEquals(1, full.waitFor(SOON));
        assertTrue(full.errors().contains("could not be written"), full::errors);
    }

    /** Returns the only line that the command prints. */
    private String run(String... arguments) {
        List<String> command = new ArrayList<>(List.of(SMAPP));
        command.addAll(List.of(arguments));
        LabProcess process = lab.lab().start(Map.of(), command.toArray(String[]::new));
        assertEquals(0, process.waitFor(SOON), process::errors);
        return process.output().strip();
    }

    @Test
    void shouldRefuseTheDataFolderOfAnother() {
        smapp.start();
        LabProcess second = lab.lab().start(Map.of(), smapp.command("off"));
        assertEquals(1, second.waitFor(SOON));
        assertTrue(second.errors().contains("Another smapp is running"), second::errors);
    }

    @Test
    void shouldRunFromTheArchiveWhereverItIsUnpacked() throws IOException {
        Path elsewhere = Files.createDirectory(lab.lab().directory().resolve("another place"));
        Path archive = AssembledPlatform.HOME.resolveSibling("smapp-1.0.0-SNAPSHOT.tar.gz");
        lab.gateway().run("tar", "-xzf", archive.toString(), "-C", elsewhere.toString(), "--strip-components=1");
        LabProcess process = lab.lab()
                .start(
                        Map.of(),
                        "env",
                        "--chdir=/",
                        elsewhere.resolve("bin/smapp").toString(),
                        "run",
                        "--netns",
                        netns(),
                        "--http",
                        "off");
        String ready = "SMAPP ready.*"
                + Pattern.quote(elsewhere.resolve("var/control.sock").toString());
        Deadline.waitFor(
                "SMAPP ready, with a socket there",
                SOON,
                () -> Pattern.compile(ready).matcher(process.output()).find());
        process.terminate();
        assertEquals(0, process.waitFor(SOON), process::errors);
    }

    private String netns() {
        return lab.gateway().namespace().file().toString();
    }

    /** Returns what the command line prints. */
    private List<Shown.Connection> connections() {
        String socket = smapp.control().path().toString();
        LabProcess client =
                lab.lab().start(Map.of(), "env", "--chdir=/", SMAPP, "connections", "--json", "--control", socket);
        assertEquals(0, client.waitFor(SOON), client::errors);
        return List.of(new Gson().fromJson(client.output(), Shown.Connection[].class));
    }

    /** Returns how many subflows the connections have, established or not. */
    private int subflows() {
        return connections().stream().mapToInt(each -> each.subflows().size()).sum();
    }
}
