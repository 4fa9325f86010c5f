package org.smapp.launcher;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceListener;
import org.osgi.framework.ServiceReference;

/**
 * Learns how the start went from the services that the platform's bundles register. They are known by name only: their classes
 * live in bundles. Thread-safe.
 */
final class StartWatch implements ServiceListener {

    /** Served last: it needs the path manager. */
    private static final String UP = "smapp.control";

    private static final String FAILED = "org.smapp.api.StartFailure";
    private static final String REASON = "smapp.reason";
    private static final String FILTER = "(|(" + UP + "=*)(objectClass=" + FAILED + "))";

    private final BundleContext context;
    private final CompletableFuture<Void> up = new CompletableFuture<>();

    /** Begins to watch; the framework need not be started yet. */
    StartWatch(BundleContext context) {
        this.context = context;
        try {
            context.addServiceListener(this, FILTER);
            ServiceReference<?>[] present = context.getAllServiceReferences(null, FILTER);
            if (present != null) {
                for (ServiceReference<?> reference : present) {
                    learn(reference);
                }
            }
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Waits until the platform says that it is up.
     *
     * @throws StartException if it says that it can't do its work, or nothing within the time given
     */
    void await(Duration deadline) throws StartException, InterruptedException {
        try {
            up.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new StartException(e.getCause().getMessage(), e);
        } catch (TimeoutException e) {
            throw new StartException(
                    "SMAPP was not up after " + deadline.toSeconds() + " s. " + Unsatisfied.explain(context), e);
        }
    }

    @Override
    public void serviceChanged(ServiceEvent event) {
        if (event.getType() == ServiceEvent.REGISTERED) {
            learn(event.getServiceReference());
        }
    }

    private void learn(ServiceReference<?> reference) {
        Object reason = reference.getProperty(REASON);
        if (reason != null) {
            if (!up.completeExceptionally(new StartException(reason.toString()))) {
                System.err.println("smapp: " + reason); // core was started again, by an update or an operator
            }
        } else {
            up.complete(null);
        }
    }
}
