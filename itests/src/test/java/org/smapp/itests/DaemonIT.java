package org.smapp.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.smapp.launcher.AssembledPlatform;
import org.smapp.testkit.lab.Deadline;
import org.smapp.testkit.lab.Download;
import org.smapp.testkit.lab.GatewayLab;

/** The gateway as an operator runs it: a process, its ready line, its command line, its end by each kind of signal. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class DaemonIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration TRANSFER_LIMIT = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private GatewayLab lab;
    private String netns;
    private Smapp smapp;

    @BeforeEach
    void open() {
        Machine.mustCarryALab();
        lab = GatewayLab.open("it-daemon-" + ProcessHandle.current().pid());
        netns = lab.gateway().namespace().file().toString();
    }

    @AfterEach
    void close() {
        if (smapp != null) {
            smapp.close();
        }
        if (lab != null) {
            lab.close();
        }
    }

    @Test
    void shouldServeUntilItIsAskedToStop() throws IOException {
        smapp = start();
        String ready = smapp.awaitReady();
        assertTrue(ready.contains(netns) && ready.contains("control.sock"), ready);
        assertEquals("1", lab.gateway().sysctl("net.mptcp.pm_type"));
        try (Traffic traffic = Traffic.serve(lab, 4 << 20)) {
            Download download = traffic.download("--limit-rate", "1M");
            Deadline.waitFor("two subflows", SOON, () -> connections().split("\"localId\"").length > 2);
            assertTrue(connections().contains("\"controller\":\"fullmesh\""), connections());
            assertEquals(traffic.sha256(), download.await(TRANSFER_LIMIT).sha256());
        }
        assertEquals(0, smapp.terminate().exitStatus(), smapp::errors);
        assertEquals("0", lab.gateway().sysctl("net.mptcp.pm_type"));
        assertFalse(Files.exists(folder.resolve("data/control.sock")), "its socket is gone");
        assertFalse(smapp.errors().contains(" ERROR "), smapp::errors);
    }

    @Test
    void shouldFindItsConnectionsAgainAfterAKill() throws IOException {
        smapp = start();
        smapp.awaitReady();
        try (Traffic traffic = Traffic.serve(lab, 12 << 20)) {
            lab.links().forEach(line -> line.rate(2_000_000));
            Download download = traffic.download();
            Deadline.waitFor("two subflows", SOON, () -> connections().split("\"localId\"").length > 2);
            String before = tokens();
            smapp.kill();

            smapp = start();
            smapp.awaitReady();
            Deadline.waitFor(
                    "the connection is found", SOON, () -> connections().contains("\"recovered\":true"));
            assertEquals(before, tokens());
            assertEquals(3, connections().split("\"localId\"").length, DaemonIT.this::connections);
            assertTrue(connections().contains("\"controller\":\"fullmesh\""), this::connections);
            assertTrue(download.isRunning());
            lab.links().forEach(line -> line.rate(100_000_000));
            assertEquals(traffic.sha256(), download.await(TRANSFER_LIMIT).sha256());
        }
        Deadline.waitFor(
                "the connection is forgotten", SOON, () -> connections().equals("[]"));
        assertEquals(0, smapp.terminate().exitStatus(), smapp::errors);
    }

    @Test
    void shouldRefuseTheDataFolderOfAnother() {
        smapp = start();
        smapp.awaitReady();
        try (Smapp second = start()) {
            assertEquals(1, second.exitStatus());
            assertTrue(second.errors().contains("Another smapp is running"), second::errors);
        }
    }

    @Test
    void shouldRunFromTheArchiveWhereverItIsUnpacked() throws IOException {
        Path elsewhere = Files.createDirectory(folder.resolve("another place"));
        Path archive = AssembledPlatform.HOME.resolveSibling("smapp-1.0.0-SNAPSHOT.tar.gz");
        lab.gateway().run("tar", "-xzf", archive.toString(), "-C", elsewhere.toString(), "--strip-components=1");
        smapp = Smapp.startAs(
                folder, List.of(), elsewhere.resolve("bin/smapp"), "run", "--netns", netns, "--http", "off");
        String ready = smapp.awaitReady();
        assertTrue(ready.contains(elsewhere.resolve("var/control.sock").toString()), ready);
        assertEquals(0, smapp.terminate().exitStatus(), smapp::errors);
    }

    private Smapp start() {
        String data = folder.resolve("data").toString();
        return Smapp.start(folder, "run", "--netns", netns, "--data", data, "--http", "off");
    }

    private String connections() {
        String socket = folder.resolve("data/control.sock").toString();
        try (Smapp client = Smapp.start(folder, "connections", "--json", "--control", socket)) {
            assertEquals(0, client.exitStatus(), client::errors);
            return client.output().replaceAll("\\s", "");
        }
    }

    private String tokens() {
        return connections().replaceAll(".*?\"token\":(\\d+).*", "$1");
    }
}
