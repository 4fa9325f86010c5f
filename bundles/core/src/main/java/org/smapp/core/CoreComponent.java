package org.smapp.core;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
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
import org.smapp.core.agent.Agent;
import org.smapp.core.agent.AgentClock;
import org.smapp.core.agent.AgentSettings;
import org.smapp.core.agent.InstalledController;
import org.smapp.core.publish.Journal;
import org.smapp.core.publish.Outbox;
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
public final class CoreComponent {

    private static final Logger LOG = LoggerFactory.getLogger(CoreComponent.class);

    /** The framework property that names the network namespace to manage, as a path; without it, the daemon's own. */
    static final String NAMESPACE = "smapp.netns";

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
                name = "Excluded interfaces",
                description = "Shell patterns of interfaces that subflows never use, such as docker*.")
        String[] excludedInterfaces() default {};

        @AttributeDefinition(
                name = "Publish queue",
                description = "Events that may wait for Event Admin handlers before further ones are dropped.",
                min = "16",
                max = "1048576")
        int publishQueue() default 16_384;

        @AttributeDefinition(
                name = "Journal entries",
                description = "Decisions that are kept in memory.",
                min = "1",
                max = "1000000")
        int journalEntries() default 2_000;

        @AttributeDefinition(
                name = "Give back",
                description = "Whether an orderly stop gives the namespace back to the in-kernel path manager,"
                        + " if it was taken from it.")
        boolean giveBack() default true;
    }

    private final Publisher publisher;
    private final ServiceRegistration<?> registration;
    private final Agent agent;
    private final PathManagerSelection selection;
    private final boolean giveBack;
    private Thread agentThread;
    private Thread publisherThread;

    /** Starts the agent, or registers why it can't be started. */
    @Activate
    public CoreComponent(BundleContext context, Settings settings, @Reference Linux linux) {
        Outbox outbox = new Outbox(settings.publishQueue(), System::currentTimeMillis);
        Journal journal = new Journal(settings.journalEntries());
        publisher = new Publisher(outbox, journal);
        giveBack = settings.giveBack();
        String netns = context.getProperty(NAMESPACE);
        NetworkNamespace namespace =
                netns == null || netns.isBlank() ? NetworkNamespace.current() : new NetworkNamespace(Path.of(netns));
        selection = new PathManagerSelection(linux, namespace);
        Agent opened = null;
        ServiceRegistration<?> registered;
        try {
            selection.take();
            opened = Agent.open(
                    linux,
                    namespace,
                    new AgentSettings(
                            settings.receiveBufferBytes(),
                            settings.controllerGraceMs(),
                            settings.auditIntervalMs(),
                            List.of(settings.excludedInterfaces())),
                    outbox,
                    AgentClock.SYSTEM,
                    CoreComponent::controllerFailed);
            start(opened, linux);
            registered = context.registerService(
                    new String[] {PathManager.class.getName(), AgentPathManager.class.getName()},
                    new AgentPathManager(opened, outbox, journal, namespace, Instant.now()),
                    null);
        } catch (IOException e) {
            LOG.error("SMAPP can't start: {}", e.getMessage());
            LOG.debug("Because of", e);
            if (giveBack) {
                selection.giveBack(); // nobody listens: the kernel would refuse every join
            }
            Dictionary<String, Object> properties = new Hashtable<>();
            properties.put(StartFailure.REASON, e.getMessage());
            registered = context.registerService(StartFailure.class, new StartFailure() {}, properties);
        }
        agent = opened;
        registration = registered;
    }

    private void start(Agent opened, Linux linux) {
        publisherThread = new Thread(publisher, "smapp-publisher");
        publisherThread.start();
        agentThread = new Thread(
                () -> {
                    linux.favourThisThread();
                    opened.run();
                },
                "smapp-agent");
        agentThread.setUncaughtExceptionHandler(
                (thread, thrown) -> LOG.error("{}. Connections keep their subflows; restart SMAPP.", thrown, thrown));
        agentThread.start();
    }

    private static void controllerFailed(InstalledController controller, Throwable cause) {
        LOG.error("Controller {} failed and is out of service; update its bundle to try again", controller, cause);
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
        if (agent == null) {
            return;
        }
        agent.stop();
        agentThread.join();
        if (giveBack) {
            selection.giveBack();
        }
        publisherThread.interrupt();
        publisherThread.join();
    }
}
