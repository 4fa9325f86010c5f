package org.smapp.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.Hashtable;
import java.util.List;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.event.Event;
import org.smapp.api.ConnectionSnapshot;
import org.smapp.api.ControllerSnapshot;
import org.smapp.api.PathManager;
import org.smapp.api.Subflow;
import org.smapp.api.controller.ConnectionHandler;
import org.smapp.api.controller.SubflowController;
import org.smapp.api.event.CommandDone;
import org.smapp.api.event.ConnectionCreated;
import org.smapp.api.event.ControllerAssigned;
import org.smapp.api.event.SubflowClosed;
import org.smapp.api.event.SubflowEstablished;
import org.smapp.launcher.AssembledPlatform;
import org.smapp.testkit.lab.Deadline;
import org.smapp.testkit.lab.Download;
import org.smapp.testkit.lab.GatewayLab;

/** Controllers come, change and go by their jar in the deploy folder, and a running transfer doesn't notice. */
@RunWith(LabRunner.class)
@ExamReactorStrategy(PerClass.class)
public class ControllerUpdateIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration TRANSFER_LIMIT = Duration.ofSeconds(60);
    private static final String FALLBACK = "nothing";
    private static final long SLOW = 2_000_000;
    private static final long FAST = 100_000_000;

    @Inject
    private BundleContext context;

    @Inject
    private PathManager pathManager;

    @Inject
    private GatewayLab lab;

    private Deployment deployment;
    private EventRecord record;
    private Traffic traffic;
    private Download download;
    private ConnectionSnapshot before;

    @Configuration
    public Option[] configuration() {
        return AssembledPlatform.named("it-update").inPaxExam();
    }

    @Before
    public void download() throws IOException {
        deployment = new Deployment(context);
        Deadline.waitFor("1.0.0 alone", SOON, () -> installed().equals(List.of("fullmesh 1.0.0")));
        record = new EventRecord(context);
        traffic = Traffic.serve(lab, 12 << 20);
        lab.links().forEach(line -> line.rate(SLOW)); // half a minute, unless the lines become faster
        download = traffic.download();
        record.await(SubflowEstablished.TOPIC, "localAddress", "10.71.2.2");
        before = connection();
        assertEquals("fullmesh", before.controller());
        assertEquals(1, meshes().mapToInt(ControllerSnapshot::connections).sum());
    }

    @After
    public void close() throws IOException {
        record.close();
        download.process().close();
        traffic.close();
        Deadline.waitFor(
                "the connection is forgotten",
                SOON,
                () -> pathManager.connections().isEmpty());
        deployment.restore();
    }

    @Test
    public void shouldHandARunningTransferToTheNextVersionAndBack() throws IOException {
        deployment.update();
        Event next = record.await(ControllerAssigned.TOPIC, "version", "1.1.0");
        // What is new in 1.1: it tells the peer of the second line.
        record.await(CommandDone.TOPIC, event -> ((String) event.getProperty("command")).startsWith("announce"));
        assertEquals(List.of("fullmesh 1.1.0"), installed());
        printGap("update to 1.1.0", next);
        assertSameSubflows();

        deployment.downgrade();
        Event previous = record.await(
                ControllerAssigned.TOPIC,
                event -> "1.0.0".equals(event.getProperty("version")) && time(event) > time(next));
        assertEquals(List.of("fullmesh 1.0.0"), installed());
        printGap("back to 1.0.0", previous);

        assertSameSubflows();
        assertTransferIsWhole();
    }

    @Test
    public void shouldReplaceAVersionByAnotherFileWithoutAGap() throws IOException {
        deployment.add();
        record.await(ControllerAssigned.TOPIC, "version", "1.1.0");
        deployment.remove();
        Deadline.waitFor("1.1.0 alone", SOON, () -> installed().equals(List.of("fullmesh 1.1.0")));
        assertSameSubflows();
        assertTransferIsWhole();
        assertEquals(
                List.of("1.0.0", "1.1.0"),
                record.of(ControllerAssigned.TOPIC).stream()
                        .map(event -> event.getProperty("version"))
                        .toList());
    }

    @Test
    public void shouldLeaveSubflowsAloneWhenTheControllerGoes() throws IOException {
        deployment.remove();
        Event waiting = record.await(ControllerAssigned.TOPIC, "controller", "");
        assertTrue(waiting.toString(), ((String) waiting.getProperty("reason")).contains("waiting for fullmesh"));
        assertEquals("", connection().controller());

        Hashtable<String, Object> properties = new Hashtable<>();
        properties.put(SubflowController.NAME, FALLBACK);
        ServiceRegistration<?> fallback =
                context.registerService(SubflowController.class, connection -> new ConnectionHandler() {}, properties);
        deployment.lastRule(FALLBACK);
        Event fallen = record.await(ControllerAssigned.TOPIC, "controller", FALLBACK);
        long graceMs = time(fallen) - time(waiting);
        assertTrue(graceMs + " ms", graceMs >= AssembledPlatform.GRACE_MS);

        deployment.downgrade();
        record.await(
                ControllerAssigned.TOPIC,
                event -> "fullmesh".equals(event.getProperty("controller")) && time(event) > time(fallen));
        fallback.unregister();
        assertSameSubflows();
        assertTransferIsWhole();
    }

    private ConnectionSnapshot connection() {
        List<ConnectionSnapshot> all = pathManager.connections();
        assertEquals(all.toString(), 1, all.size());
        return all.get(0);
    }

    private List<String> installed() {
        return meshes().map(each -> each.name() + " " + each.version()).toList();
    }

    private Stream<ControllerSnapshot> meshes() {
        return pathManager.controllers().stream().filter(each -> each.name().equals("fullmesh"));
    }

    private void assertSameSubflows() {
        ConnectionSnapshot now = connection();
        assertEquals(before.token(), now.token());
        assertEquals(
                before.subflows().stream().map(Subflow::tuple).toList(),
                now.subflows().stream().map(Subflow::tuple).toList());
        assertEquals(List.of(), record.of(SubflowClosed.TOPIC));
    }

    private void assertTransferIsWhole() {
        assertTrue("all of this happened during the transfer", download.isRunning());
        lab.links().forEach(line -> line.rate(FAST));
        assertEquals(traffic.sha256(), download.await(TRANSFER_LIMIT).sha256());
        assertEquals(1, record.of(ConnectionCreated.TOPIC).size());
        assertEquals(List.of(), record.of(SubflowClosed.TOPIC));
    }

    /** Prints for how long nobody owned the connection before {@code taken}. */
    private void printGap(String what, Event taken) {
        long left = record.of(ControllerAssigned.TOPIC).stream()
                .filter(event -> "".equals(event.getProperty("controller")) && time(event) <= time(taken))
                .mapToLong(ControllerUpdateIT::time)
                .max()
                .orElse(time(taken)); // it went from one to the next at once
        System.out.printf("%s: without a controller for %d ms%n", what, time(taken) - left);
    }

    private static long time(Event event) {
        return (Long) event.getProperty("timestamp");
    }
}
