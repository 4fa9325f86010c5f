package org.smapp.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.smapp.testkit.lab.Deadline;
import org.smapp.testkit.lab.GatewayLab;
import org.smapp.testkit.lab.LabAssumptions;
import org.smapp.testkit.lab.LabProcess;
import org.smapp.testkit.lab.Link;

/** Who else manages paths in the lab's gateway. */
@Timeout(60)
final class OtherPathManagersTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    private GatewayLab lab;
    private OtherPathManagers others;

    @BeforeEach
    void open() throws Exception {
        LabAssumptions.traffic(Link.Kind.best());
        lab = GatewayLab.open("other-" + ProcessHandle.current().pid());
        others = new OtherPathManagers(lab.lab().linux(), lab.gateway().namespace());
    }

    @AfterEach
    void close() {
        if (lab != null) {
            lab.close();
        }
    }

    @Test
    void shouldNameAProcessThatListensInTheSameNamespace() throws Exception {
        // iproute2 does what the end of its name says.
        Path daemon = lab.lab().directory().resolve("ipmptcp");
        Files.copy(iproute(), daemon);
        assertEquals(List.of(), others.look());
        LabProcess elsewhere = lab.server().start(daemon.toString(), "monitor");
        try (LabProcess ours = lab.gateway().start("ip", "mptcp", "monitor");
                LabProcess other = lab.gateway().start(daemon.toString(), "monitor")) {
            String named = "ipmptcp (pid " + other.pid() + ")";
            Deadline.waitFor("both to listen", SOON, () -> others.look().size() == 2);
            assertEquals(
                    List.of("ip (pid " + ours.pid() + ")", named),
                    others.look().stream().sorted().toList());
        } finally {
            elsewhere.close();
        }
        assertEquals(List.of(), others.look());
    }

    private static Path iproute() {
        return List.of("/usr/sbin/ip", "/sbin/ip", "/usr/bin/ip", "/bin/ip").stream()
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void shouldNameTheInKernelPathManagerOnceItHasEndpoints() {
        lab.gateway().run("ip", "mptcp", "endpoint", "add", "10.71.2.2", "dev", "wan2", "subflow");
        assertEquals(List.of("the in-kernel path manager (endpoint 10.71.2.2)"), others.look());
        lab.gateway().run("ip", "mptcp", "endpoint", "flush");
        assertEquals(List.of(), others.look());
    }
}
