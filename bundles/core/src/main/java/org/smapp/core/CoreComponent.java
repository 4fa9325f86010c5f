package org.smapp.core;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.event.EventAdmin;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smapp.api.PathManager;
import org.smapp.api.StartFailure;
import org.smapp.api.WarningSource;
import org.smapp.api.measure.Measurements;
import org.smapp.api.timeout.TimeoutIntake;
import org.smapp.core.agent.AddressFilter;
import org.smapp.core.agent.AgentClock;
import org.smapp.core.agent.AgentSettings;
import org.smapp.core.agent.Supervisor;
import org.smapp.core.family.KernelFamily;
import org.smapp.core.memory.ConnectionMemory;
import org.smapp.core.memory.MemoryFile;
import org.smapp.core.pm.SpokenFamily;
import org.smapp.core.publish.Journal;
import org.smapp.core.publish.PathTroubles;
import org.smapp.core.publish.PublishQueue;
import org.smapp.core.publish.Publisher;
import org.smapp.linux.Linux;
import org.smapp.linux.NetworkNamespace;

/**
 * Starts and stops the agent. It registers {@link PathManager} by itself, once events really come, and {@link StartFailure}
 * instead when they can't: a service that Declarative Services registers is there before its component has tried.
 */
@Component(
        service = {},
        immediate = true,
        configurationPid = "org.smapp.core",
        configurationPolicy = ConfigurationPolicy.OPTIONAL)
@Designate(ocd = CoreComponent.Settings.class)
@Capability(
        namespace = "osgi.service",
        attribute = "objectClass:List<String>=\"org.smapp.api.PathManager,org.smapp.core.AgentPathManager\"")
@Capability(namespace = "osgi.service", attribute = "objectClass:List<String>=\"org.smapp.api.measure.Measurements\"")
@Capability(namespace = "osgi.service", attribute = "objectClass:List<String>=\"org.smapp.api.timeout.TimeoutIntake\"")
public final class CoreComponent {

    private static final Logger LOG = LoggerFactory.getLogger(CoreComponent.class);

    /** The framework property that names the network namespace to manage, as a path; without it, the daemon's own. */
    static final String NAMESPACE = "smapp.netns";

    private static final long HANDLERS_END_MS = 2_000;

    /** What can be configured. */
    @ObjectClassDefinition(
            name = "SMAPP core",
            description = "The channel to the kernel's path manager and the dispatch to controllers.")
    @interface Settings {
        @AttributeDefinition(
                name = "Event receive buffer",
                description = "Bytes that the kernel may queue for this process before it drops events."
                        + " Without CAP_NET_ADMIN in the first user namespace, net.core.rmem_max limits it.",
                min = "65536",
                max = "268435456")
        int receiveBufferBytes() default 8 * 1024 * 1024;

        @AttributeDefinition(
                name = "Controller grace",
                description = "Milliseconds for which connections wait for the next version of a controller that went,"
                        + " before the next rule decides.",
                min = "0",
                max = "600000")
        long controllerGraceMs() default 10_000;

        @AttributeDefinition(
                name = "Audit interval",
                description =
                        "Milliseconds between two comparisons of the connection table with the kernel; 0 for none.",
                min = "0",
                max = "86400000")
        long auditIntervalMs() default 30_000;

        @AttributeDefinition(
                name = "Slow call",
                description = "Milliseconds after which the log warns of a controller that does not return.",
                min = "1",
                max = "60000")
        long slowCallMs() default AgentSettings.SLOW_CALL_MS;

        @AttributeDefinition(
                name = "Stuck call",
                description = "Milliseconds after which a controller that does not return is taken out of service.",
                min = "10",
                max = "600000")
        long stuckCallMs() default AgentSettings.STUCK_CALL_MS;

        @AttributeDefinition(
                name = "Commands per second",
                description = "How many commands a controller may give for one connection in one second before it is"
                        + " taken out of service.",
                min = "1",
                max = "1000000")
        int commandsPerSecond() default AgentSettings.COMMANDS_PER_SECOND;

        @AttributeDefinition(
                name = "Included interfaces",
                description = "Shell patterns of the interfaces that subflows may use, such as wan*; none for all.")
        String[] includedInterfaces() default {};

        @AttributeDefinition(
                name = "Excluded interfaces",
                description = "Shell patterns of interfaces that subflows never use, such as docker*.")
        String[] excludedInterfaces() default {};

        @AttributeDefinition(
                name = "Loopback addresses",
                description = "Whether subflows may use addresses that never leave this host.")
        boolean loopbackAddresses() default false;

        @AttributeDefinition(
                name = "Link-local addresses",
                description = "Whether subflows may use addresses that never leave their link.")
        boolean linkLocalAddresses() default false;

        @AttributeDefinition(
                name = "Default route needed",
                description =
                        "Whether an address is left out where packets from it find no default route at all, and reach"
                                + " only neighbours. Where they find one, it must lead out of the address's interface anyway.")
        boolean needsDefaultRoute() default false;

        @AttributeDefinition(
                name = "Publish queue",
                description = "Events that may wait for Event Admin handlers before further ones are dropped.",
                min = "16",
                max = "65536")
        int publishQueue() default 16_384;

        @AttributeDefinition(
                name = "Journal entries",
                description = "Decisions that are kept in memory.",
                min = "1",
                max = "50000")
        int journalEntries() default 2_000;

        @AttributeDefinition(
                name = "Give back",
                description = "Whether an orderly stop gives the namespace back to the in-kernel path manager,"
                        + " if it was taken from it.")
        boolean giveBack() default true;
    }

    private final PublishQueue queue;
    private final Journal journal;
    private final Publisher publisher;
    private final ServiceRegistration<?> registration;
    private final Thread publisherThread;
    private volatile boolean giveBack;
    private final List<ServiceRegistration<?>> further = new ArrayList<>(2);
    private KernelFamily.Selection selection;
    private Supervisor supervisor;
    private final PathTroubles troubles = new PathTroubles();
    private OtherPathManagers others;
    private PlainTcpWatch plainTcp;
    private Lookout lookout;

    /** Starts the agent, or registers why it can't be started. */
    @Activate
    public CoreComponent(BundleContext context, Settings settings, @Reference Linux linux) {
        queue = new PublishQueue(settings.publishQueue());
        journal = new Journal(settings.journalEntries());
        ConnectionMemory memory = new ConnectionMemory(new MemoryFile(memoryFile(context)));
        publisher = new Publisher(queue, journal, memory, troubles, () -> supervisor.connections());
        publisherThread = new Thread(publisher, "smapp-publisher");
        giveBack = settings.giveBack();
        String netns = context.getProperty(NAMESPACE);
        NetworkNamespace namespace =
                netns == null || netns.isBlank() ? NetworkNamespace.current() : new NetworkNamespace(Path.of(netns));
        ServiceRegistration<?> registered;
        try {
            takeOver(linux, namespace);
            others = new OtherPathManagers(linux, namespace);
            plainTcp = new PlainTcpWatch(linux, namespace);
            lookout = new Lookout(List.of(others::look, plainTcp::look));
            supervisor = Supervisor.start(linux, namespace, of(settings), queue, memory, AgentClock.SYSTEM);
            startThreads();
            AgentTimeoutIntake intake = new AgentTimeoutIntake(supervisor, namespace);
            further.add(context.registerService(Measurements.class, supervisor.measurements(), null));
            further.add(context.registerService(TimeoutIntake.class, intake, null));
            registered = context.registerService(
                    new String[] {
                        PathManager.class.getName(), AgentPathManager.class.getName(), WarningSource.class.getName()
                    },
                    new AgentPathManager(
                            supervisor, queue, journal, troubles, namespace, Instant.now(), others, plainTcp, intake),
                    null);
        } catch (IOException e) {
            LOG.debug("Not started", e); // the operator is told by who hears of the service below
            end();
            Dictionary<String, Object> properties = new Hashtable<>();
            properties.put(StartFailure.REASON, e.getMessage());
            registered = context.registerService(StartFailure.class, new StartFailure() {}, properties);
        } catch (RuntimeException e) {
            end();
            throw e;
        }
        registration = registered;
    }

    private void takeOver(Linux linux, NetworkNamespace namespace) throws IOException {
        KernelFamily family = SpokenFamily.orFirst(linux, namespace);
        selection = family.selection(linux, namespace);
        selection.take();
        LOG.info("Managing paths by the kernel's netlink family {}", family.name());
        family.lacks().forEach(each -> LOG.warn("With the kernel's netlink family {}, {}", family.name(), each));
    }

    /** Ends what was begun, however much that is. */
    private void end() {
        further.forEach(ServiceRegistration::unregister);
        if (lookout != null) {
            lookout.stop();
        }
        if (supervisor != null) {
            supervisor.close();
        }
        if (giveBack && selection != null) {
            selection.giveBack(); // nobody listens any more: the kernel would refuse every join
        }
        queue.end();
    }

    private static Path memoryFile(BundleContext context) {
        File file = context.getDataFile("connections");
        return file == null ? null : file.toPath();
    }

    private static AgentSettings of(Settings settings) {
        return new AgentSettings(
                settings.receiveBufferBytes(),
                settings.controllerGraceMs(),
                settings.auditIntervalMs(),
                settings.slowCallMs(),
                settings.stuckCallMs(),
                settings.commandsPerSecond(),
                new AddressFilter(
                        List.of(settings.includedInterfaces()),
                        List.of(settings.excludedInterfaces()),
                        settings.loopbackAddresses(),
                        settings.linkLocalAddresses(),
                        settings.needsDefaultRoute()));
    }

    private void startThreads() {
        publisherThread.start();
        Thread looking = new Thread(lookout, "smapp-lookout");
        looking.setDaemon(true);
        looking.start();
    }

    /** Takes other settings over while everything goes on. */
    @Modified
    void settings(Settings settings) throws InterruptedException {
        queue.capacity(settings.publishQueue());
        journal.capacity(settings.journalEntries());
        giveBack = settings.giveBack();
        if (supervisor != null) {
            supervisor.settings(of(settings));
        }
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void setEventAdmin(EventAdmin eventAdmin) {
        publisher.eventAdmin(eventAdmin);
    }

    void unsetEventAdmin(EventAdmin eventAdmin) {
        publisher.eventAdmin(null);
    }

    /** Stops the agent and gives the namespace back. */
    @Deactivate
    public void stop() throws InterruptedException {
        registration.unregister();
        end();
        publisherThread.join(HANDLERS_END_MS);
        publisherThread.interrupt(); // a handler that does not return would keep the bundle from stopping
        publisherThread.join();
    }
}
