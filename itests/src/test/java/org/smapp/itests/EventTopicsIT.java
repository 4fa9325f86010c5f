package org.smapp.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.inject.Inject;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.BundleContext;
import org.osgi.service.event.Event;
import org.smapp.api.PathManager;
import org.smapp.api.event.AddressAnnounced;
import org.smapp.api.event.AddressRemoved;
import org.smapp.api.event.CommandDone;
import org.smapp.api.event.ConnectionClosed;
import org.smapp.api.event.ConnectionCreated;
import org.smapp.api.event.ConnectionEstablished;
import org.smapp.api.event.ControllerAssigned;
import org.smapp.api.event.ControllerQuarantined;
import org.smapp.api.event.EventsLost;
import org.smapp.api.event.ListenerClosed;
import org.smapp.api.event.ListenerCreated;
import org.smapp.api.event.LocalAddressAdded;
import org.smapp.api.event.LocalAddressRemoved;
import org.smapp.api.event.Recovered;
import org.smapp.api.event.SubflowClosed;
import org.smapp.api.event.SubflowEstablished;
import org.smapp.api.event.SubflowPriority;
import org.smapp.api.event.SubflowTimeout;
import org.smapp.launcher.AssembledPlatform;
import org.smapp.testkit.lab.Download;
import org.smapp.testkit.lab.GatewayLab;
import org.smapp.testkit.lab.WebServer;

/** Whatever real traffic makes happen reaches Event Admin handlers, with the properties that they rely on. */
@RunWith(LabRunner.class)
@ExamReactorStrategy(PerClass.class)
public class EventTopicsIT {

    /** What traffic alone doesn't cause: losses, restarts, and faulty controllers. */
    private static final Set<String> NOT_BY_TRAFFIC =
            Set.of(EventsLost.TOPIC, Recovered.TOPIC, ControllerQuarantined.TOPIC);

    private static final String ADDED = "10.71.1.77";
    private static final String ANNOUNCED = "10.71.2.1";
    private static final int ANNOUNCED_ID = 7;

    @Inject
    private BundleContext context;

    @Inject
    private PathManager pathManager;

    @Inject
    private GatewayLab lab;

    @Configuration
    public Option[] configuration() {
        return AssembledPlatform.named("it-topics").inPaxExam();
    }

    @Test
    public void shouldTellHandlersOfEverythingThatHappens() throws Exception {
        try (EventRecord record = new EventRecord(context);
                Traffic traffic = Traffic.serve(lab, 64 << 20)) {
            changeAddresses(record);
            listen(record);
            Download download = traffic.download("--limit-rate", "2M");
            long token = connect(record);
            addressesOfThePeer(record, token);
            loseTheNextJoin(record, traffic);
            download.process().close();
            record.await(ConnectionClosed.TOPIC, "token", token);

            List<String> complaints = new ArrayList<>();
            for (String topic : EventTable.ROWS.keySet()) {
                assertTrue(topic, !record.of(topic).isEmpty());
                record.of(topic).forEach(event -> complaints.addAll(EventTable.complaints(event)));
            }
            assertEquals(List.of(), complaints);
        }
    }

    private void changeAddresses(EventRecord record) {
        lab.gateway().address("wan1", ADDED + "/24");
        Event added = record.await(LocalAddressAdded.TOPIC, "localAddress", ADDED);
        assertEquals("wan1", added.getProperty("interface"));
        assertEquals(24, added.getProperty("prefixLength"));
        lab.gateway().run("ip", "address", "del", ADDED + "/24", "dev", "wan1");
        record.await(LocalAddressRemoved.TOPIC, "localAddress", ADDED);
    }

    private void listen(EventRecord record) throws Exception {
        WebServer server = WebServer.start(
                lab.lab(), lab.gateway(), Files.createTempDirectory(lab.lab().directory(), "www"), 8081);
        record.await(ListenerCreated.TOPIC, "localPort", 8081);
        server.process().close();
        record.await(ListenerClosed.TOPIC, "localPort", 8081);
    }

    private long connect(EventRecord record) {
        Event created = record.await(ConnectionCreated.TOPIC, "remoteAddress", GatewayLab.SERVER);
        long token = (Long) created.getProperty("token");
        assertEquals("CLIENT", created.getProperty("side"));
        assertEquals(8080, created.getProperty("remotePort"));
        record.await(ConnectionEstablished.TOPIC, "token", token);
        record.await(ControllerAssigned.TOPIC, "controller", "fullmesh");
        Event done = record.await(CommandDone.TOPIC, "token", token);
        assertEquals(true, done.getProperty("accepted"));
        assertEquals("fullmesh", done.getProperty("controller"));
        Event subflow = record.await(SubflowEstablished.TOPIC, "localAddress", "10.71.2.2");
        assertEquals(token, subflow.getProperty("token"));
        assertEquals(1, pathManager.connections().size());
        return token;
    }

    private void addressesOfThePeer(EventRecord record, long token) {
        lab.server().run(endpoint("add", "signal"));
        Event announced = record.await(AddressAnnounced.TOPIC, "remoteAddress", ANNOUNCED);
        assertEquals(ANNOUNCED_ID, announced.getProperty("remoteId"));
        assertEquals(token, announced.getProperty("token"));
        record.await(
                SubflowEstablished.TOPIC,
                event -> ANNOUNCED.equals(event.getProperty("remoteAddress"))
                        && "10.71.2.2".equals(event.getProperty("localAddress")));
        lab.server().run(endpoint("change", "backup"));
        Event priority = record.await(SubflowPriority.TOPIC, "remoteAddress", ANNOUNCED);
        assertEquals(true, priority.getProperty("backup"));
        lab.server().run("ip", "mptcp", "endpoint", "delete", "id", String.valueOf(ANNOUNCED_ID));
        record.await(AddressRemoved.TOPIC, "remoteId", ANNOUNCED_ID);
        record.await(SubflowClosed.TOPIC, "remoteAddress", ANNOUNCED);
    }

    private void loseTheNextJoin(EventRecord record, Traffic traffic) {
        lab.lte().loss(1);
        Download other = traffic.download("--limit-rate", "2M");
        record.await(
                SubflowTimeout.TOPIC,
                event -> "10.71.2.2".equals(event.getProperty("localAddress"))
                        && event.getProperty("rtoMs").equals(1000) // that of a SYN (RFC 6298)
                        && event.getProperty("consecutive").equals(1));
        other.process().close();
        lab.lte().loss(0);
    }

    private static String[] endpoint(String verb, String flag) {
        String id = String.valueOf(ANNOUNCED_ID);
        return verb.equals("add")
                ? new String[] {"ip", "mptcp", "endpoint", "add", ANNOUNCED, "id", id, flag}
                : new String[] {"ip", "mptcp", "endpoint", verb, "id", id, flag};
    }

    @Test
    public void shouldKnowEveryTopic() throws ReflectiveOperationException {
        Set<String> topics = new TreeSet<>();
        collect(org.smapp.api.event.Event.class, topics);
        topics.removeAll(NOT_BY_TRAFFIC);
        assertEquals(topics, EventTable.ROWS.keySet());
    }

    private static void collect(Class<?> kind, Set<String> topics) throws ReflectiveOperationException {
        if (!kind.isSealed()) {
            topics.add((String) kind.getField("TOPIC").get(null));
            return;
        }
        for (Class<?> each : kind.getPermittedSubclasses()) {
            collect(each, topics);
        }
    }
}
