package org.smapp.core;

import java.io.IOException;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smapp.api.EndpointAdmin;
import org.smapp.api.PathManager;
import org.smapp.core.family.KernelFamily;
import org.smapp.core.pm.SpokenFamily;
import org.smapp.linux.Linux;
import org.smapp.linux.NetworkNamespace;

/**
 * Registers {@link EndpointAdmin} for the managed namespace, if its kernel can be asked; where the path manager can't run, its
 * sentence says why, and no second one is needed.
 */
@Component(
        service = {},
        immediate = true)
public final class EndpointComponent {

    private static final Logger LOG = LoggerFactory.getLogger(EndpointComponent.class);

    private final KernelFamily.Endpoints endpoints;
    private final ServiceRegistration<EndpointAdmin> registration;

    /** Opens the socket and registers the service; without it, says why and does nothing. */
    @Activate
    public EndpointComponent(BundleContext context, @Reference Linux linux, @Reference PathManager running) {
        NetworkNamespace namespace = CoreComponent.namespace(context);
        KernelFamily.Endpoints opened = null;
        try {
            opened = SpokenFamily.orFirst(linux, namespace)
                    .endpoints(linux, namespace)
                    .orElse(null);
        } catch (IOException e) {
            LOG.warn("The in-kernel path manager can't be administered: {}", e.getMessage());
        }
        endpoints = opened;
        registration = opened == null ? null : register(context, opened);
    }

    private static ServiceRegistration<EndpointAdmin> register(
            BundleContext context, KernelFamily.Endpoints endpoints) {
        try {
            return context.registerService(EndpointAdmin.class, endpoints, null);
        } catch (RuntimeException e) {
            endpoints.close();
            throw e;
        }
    }

    /** Takes the service back and closes the socket. */
    @Deactivate
    public void stop() {
        if (endpoints != null) {
            registration.unregister();
            endpoints.close();
        }
    }
}
