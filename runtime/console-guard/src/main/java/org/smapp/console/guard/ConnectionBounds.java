package org.smapp.console.guard;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.felix.http.jetty.ConnectorFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.LocalConnector;
import org.eclipse.jetty.server.Server;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smapp.api.WarningSource;

/**
 * Bounds what clients of the web console can take, whether or not they know its password: connections, time and rate. It is
 * a connector factory because only these are given the server; the connector that it has to return serves nobody.
 */
@Component
public final class ConnectionBounds implements ConnectorFactory, WarningSource {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionBounds.class);

    /** So that a body or an answer can't be dragged out. */
    private static final int LEAST_BYTES_PER_SECOND = 256;

    private final Tally sentAway = new Tally(
            System::nanoTime,
            count -> LOG.warn(
                    "Closed {} connection(s) to the web console that sent no whole request, to make room for others",
                    count));

    @Override
    public Connector createConnector(Server server) {
        Room room = new Room(System::nanoTime, sentAway);
        for (Connector connector : server.getConnectors()) {
            connector.addEventListener(room);
            HttpConnectionFactory http = connector.getConnectionFactory(HttpConnectionFactory.class);
            if (http != null) {
                bound(http.getHttpConfiguration(), room);
            }
            look(connector, room);
        }
        return new LocalConnector(server);
    }

    private static void bound(HttpConfiguration configuration, Room room) {
        configuration.addCustomizer(room);
        configuration.setMinRequestDataRate(LEAST_BYTES_PER_SECOND);
        configuration.setMinResponseDataRate(LEAST_BYTES_PER_SECOND);
    }

    private static void look(Connector connector, Room room) {
        connector
                .getScheduler()
                .schedule(
                        () -> {
                            room.sendAwayTheSlow();
                            if (connector.isRunning()) {
                                look(connector, room);
                            }
                        },
                        1,
                        TimeUnit.SECONDS);
    }

    @Override
    public List<String> warnings() {
        long count = sentAway.total();
        return count == 0
                ? List.of()
                : List.of(count + " connections to the web console sent no whole request and were closed to make room;"
                        + " `ss -tnp state established '( dport = :8181 )'` shows whose they are while it lasts");
    }
}
