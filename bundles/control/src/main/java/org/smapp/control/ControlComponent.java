package org.smapp.control;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.event.EventConstants;
import org.osgi.service.event.EventHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smapp.api.PathManager;
import org.smapp.api.StartFailure;
import org.smapp.api.WarningSource;
import org.smapp.api.configuration.Configurations;
import org.smapp.api.event.Event;
import org.smapp.api.measure.Measurements;

/**
 * Serves the control socket at the path in the framework property {@value #SOCKET}, for as long as there is a path manager.
 * Without the property nothing is served. A service with the property {@value #SOCKET} says that the socket answers, or a
 * {@link StartFailure} why it can't be opened.
 */
@Component(
        immediate = true,
        service = {})
public final class ControlComponent {

    /** The framework property with the socket's path. */
    static final String SOCKET = "smapp.control";

    private static final Logger LOG = LoggerFactory.getLogger(ControlComponent.class);

    private final BundleContext context;
    private final ControlServer server;
    private ServiceRegistration<?> outcome;

    @Reference(policy = ReferencePolicy.DYNAMIC)
    private volatile List<WarningSource> warningSources = List.of();

    @Activate
    public ControlComponent(
            BundleContext context,
            @Reference PathManager pathManager,
            @Reference Measurements measurements,
            @Reference Configurations configurations) {
        this.context = context;
        String path = context.getProperty(SOCKET);
        if (path == null || path.isEmpty()) {
            LOG.debug("No control socket: the framework property {} is not set.", SOCKET);
            server = null;
        } else {
            server = start(path, new Operations(pathManager, measurements, configurations, this::warnings));
        }
    }

    @Deactivate
    void deactivate() {
        if (outcome != null) {
            outcome.unregister();
        }
        if (server != null) {
            server.close();
        }
    }

    private List<String> warnings() {
        Stream<String> ours = server == null ? Stream.empty() : server.warnings().stream();
        return Stream.concat(ours, warningSources.stream().flatMap(each -> each.warnings().stream()))
                .toList();
    }

    private ControlServer start(String path, Operations operations) {
        try {
            SocketFile socket = SocketFile.open(Path.of(path));
            ControlServer started = ControlServer.start(socket, operations, this::listen, System::nanoTime);
            LOG.info("Control socket at {}", path);
            outcome = context.registerService(ControlServer.class, started, properties(SOCKET, path));
            return started;
        } catch (IOException | InvalidPathException e) {
            LOG.error("No control socket: {}", e.getMessage());
            LOG.debug("That was", e);
            outcome = context.registerService(
                    StartFailure.class, new StartFailure() {}, properties(StartFailure.REASON, e.getMessage()));
            return null;
        }
    }

    private Runnable listen(EventHandler handler) {
        Dictionary<String, Object> properties =
                properties(EventConstants.EVENT_TOPIC, new String[] {Event.TOPIC_PREFIX + "*"});
        properties.put(EventConstants.EVENT_DELIVERY, EventConstants.DELIVERY_ASYNC_ORDERED);
        ServiceRegistration<EventHandler> registration =
                context.registerService(EventHandler.class, handler, properties);
        return registration::unregister;
    }

    private static Dictionary<String, Object> properties(String name, Object value) {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(name, value);
        return properties;
    }
}
