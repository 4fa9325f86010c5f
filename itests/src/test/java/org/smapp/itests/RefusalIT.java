package org.smapp.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.smapp.launcher.AssembledPlatform;
import org.smapp.testkit.lab.Host;
import org.smapp.testkit.lab.Lab;
import org.smapp.testkit.lab.LabAssumptions;
import org.smapp.testkit.lab.LabProcess;
import org.smapp.testkit.lab.Link;

/** When SMAPP can't start it says why and what to do in one sentence, ends, and leaves everything as it was. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class RefusalIT {

    private static final int FAILED = 1;
    private static final int WRONG_COMMAND_LINE = 2;

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String SMAPP =
            AssembledPlatform.HOME.resolve("bin/smapp").toString();

    private static Lab lab;
    private static Host host;

    @BeforeAll
    static void open() {
        LabAssumptions.traffic(Link.Kind.best());
        lab = Lab.open("it-refusal-" + ProcessHandle.current().pid());
        host = lab.host("gateway");
    }

    @AfterAll
    static void close() {
        if (lab != null) {
            lab.close();
        }
    }

    @Test
    void shouldNameAnUnknownOption() {
        assertRefused(smapp("run", "--netnss", "x"), WRONG_COMMAND_LINE, "Unknown options: '--netnss', 'x'", "--netns");
    }

    @Test
    void shouldSayThatTheNamespaceIsMissing() {
        assertRefused(start("/run/netns/no-such-gateway"), FAILED, "no network namespace", "ip netns list");
    }

    @Test
    void shouldSayThatAFileIsNoNamespace() throws IOException {
        Path file = Files.createTempFile(lab.directory(), "not-a-namespace", "");
        assertRefused(start(file.toString()), FAILED, "does not stand for a network namespace", "/run/netns");
    }

    @Test
    void shouldSayThatThePortIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            String port = String.valueOf(taken.getLocalPort());
            assertRefused(start(namespace(), "--http", port), FAILED, port + " of 127.0.0.1 is taken", "--http");
        }
    }

    @Test
    void shouldSayThatItMayNotHearTheKernel() {
        host.sysctl("net.mptcp.pm_type", "0");
        List<String> without = List.of("setpriv", "--bounding-set", "-net_admin", "--inh-caps", "-net_admin");
        List<String> command = new ArrayList<>(without);
        command.add(SMAPP);
        command.addAll(List.of(arguments(namespace(), "--http", "off")));
        assertRefused(lab.start(Map.of(), command.toArray(String[]::new)), FAILED, "", "CAP_NET_ADMIN");
        assertEquals("0", host.sysctl("net.mptcp.pm_type"), "without a listener the kernel would refuse all joins");
    }

    @Test
    void shouldSayThatMultipathTcpIsOff() {
        host.sysctl("net.mptcp.enabled", "0");
        assertRefused(start(namespace()), FAILED, "Multipath TCP is switched off", "net.mptcp.enabled=1");
        host.sysctl("net.mptcp.enabled", "1");
    }

    private static LabProcess start(String netns, String... more) {
        return smapp(arguments(netns, more.length > 0 ? more : new String[] {"--http", "off"}));
    }

    private static LabProcess smapp(String... arguments) {
        List<String> command = new ArrayList<>(List.of("env", "--chdir=/", SMAPP));
        command.addAll(List.of(arguments));
        return lab.start(Map.of(), command.toArray(String[]::new));
    }

    private static String[] arguments(String netns, String... more) {
        List<String> arguments = new ArrayList<>(List.of("run", "--netns", netns, "--data"));
        arguments.add(lab.directory().resolve("data").toString());
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }

    private static String namespace() {
        return host.namespace().file().toString();
    }

    private static void assertRefused(LabProcess smapp, int status, String reason, String advice) {
        assertEquals(status, smapp.waitFor(LIMIT), smapp::errors);
        List<String> sentences = smapp.errors()
                .lines()
                .filter(line -> line.startsWith("smapp: "))
                .toList();
        assertEquals(1, sentences.size(), smapp::errors);
        assertTrue(sentences.get(0).contains(reason), sentences.get(0));
        assertTrue(smapp.errors().contains(advice), smapp::errors);
        assertFalse(smapp.output().contains("SMAPP ready"), smapp::output);
    }
}
