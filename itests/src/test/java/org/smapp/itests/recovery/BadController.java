package org.smapp.itests.recovery;

import java.util.Hashtable;
import java.util.concurrent.CountDownLatch;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.smapp.api.controller.Connection;
import org.smapp.api.controller.ConnectionHandler;
import org.smapp.api.controller.SubflowController;
import org.smapp.api.event.ConnectionEstablished;

/** A controller that misbehaves as soon as one of its connections is established. Its bundle's header says how. */
public final class BadController implements BundleActivator, SubflowController {

    static final String HEADER = "Misbehaviour";

    private String misbehaviour;

    @Override
    public void start(BundleContext context) {
        misbehaviour = context.getBundle().getHeaders().get(HEADER);
        Hashtable<String, Object> properties = new Hashtable<>();
        properties.put(SubflowController.NAME, misbehaviour);
        context.registerService(SubflowController.class, this, properties);
    }

    @Override
    public void stop(BundleContext context) {}

    @Override
    public ConnectionHandler manage(Connection connection) {
        return new Handler(connection, misbehaviour);
    }

    /** Misbehaves. */
    record Handler(Connection connection, String misbehaviour) implements ConnectionHandler {

        @Override
        public void onEstablished(ConnectionEstablished event) {
            switch (misbehaviour) {
                case "throws" -> throw new AssertionError("on purpose");
                case "floods" -> flood();
                case "blocks" -> block();
                case "spins" -> spin();
                default -> throw new IllegalStateException(misbehaviour);
            }
        }

        private void flood() {
            for (int i = 0; i < 1_000_000; i++) {
                connection.announce(connection.tuple().localAddress());
            }
        }

        private static void block() {
            CountDownLatch never = new CountDownLatch(1);
            while (never.getCount() > 0) {
                try {
                    never.await();
                } catch (InterruptedException e) {
                    Thread.interrupted(); // as badly written code does
                }
            }
        }

        private static void spin() {
            while (!Thread.currentThread().getName().isEmpty()) {
                Thread.onSpinWait();
            }
        }
    }
}
