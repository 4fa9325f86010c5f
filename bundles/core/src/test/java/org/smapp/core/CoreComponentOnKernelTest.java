package org.smapp.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;
import org.smapp.api.EndpointAdmin;
import org.smapp.api.EndpointLimits;
import org.smapp.api.PathManager;
import org.smapp.api.StartFailure;
import org.smapp.testkit.lab.Deadline;
import org.smapp.testkit.lab.GatewayLab;
import org.smapp.testkit.lab.LabAssumptions;
import org.smapp.testkit.lab.Link;

/** The component takes a namespace of the real kernel over, and gives it back. */
@Timeout(60)
final class CoreComponentOnKernelTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    @TempDir
    Path data;

    private GatewayLab lab;
    private ServicesInMemory services;
    private CoreComponent component;

    @BeforeEach
    void open() {
        LabAssumptions.traffic(Link.Kind.best());
        lab = GatewayLab.open("comp-" + ProcessHandle.current().pid());
        String namespace = lab.gateway().namespace().file().toString();
        services = new ServicesInMemory(Map.of("smapp.netns", namespace), data.toFile());
    }

    @AfterEach
    void close() throws InterruptedException {
        if (component != null) {
            component.stop();
        }
        if (lab != null) {
            lab.close();
        }
    }

    private void start(Map<String, Object> settings) {
        component = new CoreComponent(
                services.context(),
                Stub.settings(CoreSettings.class, settings),
                lab.lab().linux());
    }

    private void stop() throws InterruptedException {
        component.stop();
        component = null;
    }

    private String selected() {
        return lab.gateway().run("sysctl", "-n", "net.mptcp.pm_type").strip();
    }

    private List<String> usableOn(String interfaceName) {
        return services.get(PathManager.class).localAddresses().stream()
                .filter(each -> each.interfaceName().equals(interfaceName))
                .map(each -> each.address().toString())
                .filter(each -> !each.contains(":"))
                .toList();
    }

    @Test
    void shouldManageTheNamespaceUntilItIsStopped() throws InterruptedException {
        start(Map.of());
        assertEquals(
                List.of(
                        "AgentPathManager",
                        "Measurements",
                        "PathManager",
                        "TimeoutIntake",
                        "WarningSource", // the path troubles, and what others do to the namespace
                        "WarningSource"),
                services.types());
        assertEquals("1", selected());
        assertEquals(List.of("10.71.1.2"), usableOn("wan1"));
        assertEquals(
                lab.gateway().namespace().file().toString(),
                services.get(PathManager.class).health().namespace());

        stop();
        assertEquals(List.of(), services.types());
        assertEquals("0", selected(), "new connections are the in-kernel path manager's again");
    }

    @Test
    void shouldTakeOtherSettingsOverWhileItRuns() throws InterruptedException {
        start(Map.of());
        component.settings(Stub.settings(
                CoreSettings.class, Map.of("giveBack", false, "excludedInterfaces", new String[] {"wan1"})));
        assertEquals(List.of(), usableOn("wan1"));
        assertEquals(List.of("10.71.2.2"), usableOn("wan2"));

        stop();
        assertEquals("1", selected(), "it was told not to give back");
    }

    @Test
    void shouldTellEventAdminWhatItFound() {
        List<String> topics = new CopyOnWriteArrayList<>();
        start(Map.of());
        component.setEventAdmin(Stub.of(EventAdmin.class, Map.of("sendEvent", arguments -> {
            topics.add(((Event) arguments[0]).getTopic());
            return null;
        })));
        lab.gateway().address("wan1", "10.71.1.77/24");
        Deadline.waitFor("the new address", SOON, () -> topics.contains("org/smapp/event/LOCAL_ADDRESS_ADDED"));

        component.unsetEventAdmin(null);
        lab.gateway().address("wan1", "10.71.1.78/24");
        topics.clear();
        Deadline.waitFor("the next one", SOON, () -> usableOn("wan1").contains("10.71.1.78"));
        assertEquals(List.of(), topics);
    }

    @Test
    void shouldSayWhyItCannotStart() throws InterruptedException {
        lab.gateway().sysctl("net.mptcp.enabled", "0");
        start(Map.of());
        assertEquals(List.of("StartFailure"), services.types());
        String reason = (String) services.property(StartFailure.class, StartFailure.REASON);
        assertTrue(reason.contains("sysctl -w net.mptcp.enabled=1"), reason);

        component.settings(Stub.settings(CoreSettings.class, Map.of("publishQueue", 16)));
        stop();
        assertEquals(List.of(), services.types());
    }

    @Test
    void shouldLetTheInKernelPathManagerBeAdministered() throws IOException {
        start(Map.of());
        EndpointComponent endpoints =
                new EndpointComponent(services.context(), lab.lab().linux(), services.get(PathManager.class));
        EndpointAdmin admin = services.get(EndpointAdmin.class);
        admin.setLimits(new EndpointLimits(3, 4));
        assertTrue(
                lab.gateway().run("ip", "mptcp", "limits").contains("subflows 4"),
                () -> lab.gateway().run("ip", "mptcp", "limits"));

        endpoints.stop();
        assertTrue(!services.types().contains("EndpointAdmin"), services.types().toString());
    }
}
