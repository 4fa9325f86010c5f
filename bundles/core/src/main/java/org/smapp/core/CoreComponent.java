package org.smapp.core;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
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
import org.osgi.service.metatype.annotations.Designate;
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
import org.smapp.core.memory.ChangedSettings;
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
@Designate(ocd = CoreSettings.class)
@Capability(
        namespace = "osgi.service",
        attribute = "objectClass:List<String>=\"org.smapp.api.PathManager,org.smapp.core.AgentPathManager\"")
@Capability(namespace = "osgi.service", attribute = "objectClass:List<String>=\"org.smapp.api.measure.Measurements\"")
@Capability(namespace = "osgi.service", attribute = "objectClass:List<String>=\"org.smapp.api.timeout.TimeoutIntake\"")
public final class CoreComponent {

    private static final Logger LOG = LoggerFactory.getLogger(CoreComponent.class);

    /** The framework property that names the network namespace to manage, as a path; without it, the daemon's own. */
    private static final String NAMESPACE = "smapp.netns";

    /** The framework property with the folder that SMAPP writes to. */
    private static final String DATA = "smapp.data";

    private static final long HANDLERS_END_MS = 2_000;
    private static final long LOOK_OUT_EVERY_SECONDS = 30;

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
    private ScheduledExecutorService lookout;
    private NamespaceWatch watch;

    /** Starts the agent, or registers why it can't be started. */
    @Activate
    public CoreComponent(BundleContext context, CoreSettings settings, @Reference Linux linux) {
        queue = new PublishQueue(settings.publishQueue());
        journal = new Journal(settings.journalEntries());
        ConnectionMemory memory = new ConnectionMemory(new MemoryFile(memoryFile(context)));
        publisher = new Publisher(queue, journal, memory, troubles, () -> supervisor.connections());
        publisherThread = new Thread(publisher, "smapp-publisher");
        giveBack = settings.giveBack();
        NetworkNamespace namespace = namespace(context);
        ServiceRegistration<?> registered;
        try {
            takeOver(linux, namespace, changedSettings(context, namespace));
            others = new OtherPathManagers(linux, namespace);
            plainTcp = new PlainTcpWatch(linux, namespace);
            supervisor = Supervisor.start(linux, namespace, of(settings), queue, memory, AgentClock.SYSTEM);
            watch = new NamespaceWatch(
                    selection, namespace, supervisor::selected, System::nanoTime, settings.takeBack());
            startThreads();
            AgentTimeoutIntake intake = new AgentTimeoutIntake(supervisor, namespace);
            further.add(context.registerService(Measurements.class, supervisor.measurements(), null));
            further.add(context.registerService(TimeoutIntake.class, intake, null));
            further.add(context.registerService(WarningSource.class, watch::warnings, null));
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

    private void takeOver(Linux linux, NetworkNamespace namespace, ChangedSettings changed) throws IOException {
        KernelFamily family = SpokenFamily.orFirst(linux, namespace);
        selection = family.selection(linux, namespace, changed);
        selection.take();
        LOG.info("Managing paths by the kernel's netlink family {}", family.name());
        family.lacks().forEach(each -> LOG.warn("With the kernel's netlink family {}, {}", family.name(), each));
    }

    /** Ends what was begun, however much that is. */
    private void end() {
        further.forEach(ServiceRegistration::unregister);
        if (lookout != null) {
            endLookout();
        }
        if (supervisor != null) {
            supervisor.close();
        }
        if (giveBack && selection != null) {
            selection.giveBack(); // nobody listens any more: the kernel would refuse every join
        }
        queue.end();
    }

    /** Returns the network namespace to manage. */
    static NetworkNamespace namespace(BundleContext context) {
        String path = context.getProperty(NAMESPACE);
        return path == null || path.isBlank() ? NetworkNamespace.current() : new NetworkNamespace(Path.of(path));
    }

    private static ChangedSettings changedSettings(BundleContext context, NetworkNamespace namespace) {
        String data = context.getProperty(DATA);
        return new ChangedSettings(data == null ? null : Path.of(data, ChangedSettings.FILE), namespace.file());
    }

    private static Path memoryFile(BundleContext context) {
        File file = context.getDataFile("connections");
        return file == null ? null : file.toPath();
    }

    private static AgentSettings of(CoreSettings settings) {
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
        lookout = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "smapp-lookout");
            thread.setDaemon(true);
            return thread;
        });
        lookout.scheduleWithFixedDelay(this::lookOut, 0, LOOK_OUT_EVERY_SECONDS, TimeUnit.SECONDS);
        lookout.scheduleWithFixedDelay(watch, 1, 1, TimeUnit.SECONDS);
    }

    /** A look that is going on would take back what is given back next. */
    private void endLookout() {
        lookout.shutdown();
        try {
            if (!lookout.awaitTermination(1, TimeUnit.SECONDS)) {
                LOG.debug("A look goes on");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Looks at what no event tells of. */
    private void lookOut() {
        try {
            others.look();
            plainTcp.look();
        } catch (RuntimeException e) {
            LOG.error("Other path managers and plain TCP are looked for no more: restart SMAPP", e);
            throw e;
        }
    }

    /** Takes other settings over while everything goes on. */
    @Modified
    void settings(CoreSettings settings) throws InterruptedException {
        queue.capacity(settings.publishQueue());
        journal.capacity(settings.journalEntries());
        giveBack = settings.giveBack();
        if (supervisor != null) {
            watch.takeBack(settings.takeBack());
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
