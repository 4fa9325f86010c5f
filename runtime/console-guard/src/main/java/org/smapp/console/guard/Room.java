package org.smapp.console.guard;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;

/**
 * The connections to the web console, {@value #CONNECTIONS} at most. When one more comes, the one that has sent no whole
 * request for the longest time is closed. So thousands of half requests cost no more memory, and whoever sends a whole
 * request is served meanwhile. Thread-safe.
 */
final class Room implements Connection.Listener, HttpConfiguration.Customizer {

    static final int CONNECTIONS = 64;

    /** How long a request's header may take, and how long a connection may stay without a request. */
    static final long WAIT_NANOS = 10_000_000_000L;

    private final LongSupplier nanoClock;
    private final Tally sentAway;

    /** Those without a whole request, and since when; the one that has waited longest first. */
    private final Map<Connection, Long> waiting = new LinkedHashMap<>();

    private final Set<Connection> served = new HashSet<>();

    Room(LongSupplier nanoClock, Tally sentAway) {
        this.nanoClock = nanoClock;
        this.sentAway = sentAway;
    }

    @Override
    public void onOpened(Connection connection) {
        Connection last = null;
        synchronized (this) {
            waiting.put(connection, nanoClock.getAsLong());
            if (waiting.size() + served.size() > CONNECTIONS) {
                last = waiting.keySet().iterator().next();
                waiting.remove(last);
            }
        }
        if (last != null) {
            sentAway.count();
            last.getEndPoint().close();
        }
    }

    @Override
    public synchronized void onClosed(Connection connection) {
        waiting.remove(connection);
        served.remove(connection);
    }

    /** Called for every request once its header is whole. */
    @Override
    public Request customize(Request request, HttpFields.Mutable responseHeaders) {
        responseHeaders.put("X-Content-Type-Options", "nosniff");
        responseHeaders.put("Content-Security-Policy", "frame-ancestors 'none'");
        responseHeaders.put("Referrer-Policy", "no-referrer");
        Connection connection = request.getConnectionMetaData().getConnection();
        serve(connection);
        Request.addCompletionListener(request, failure -> await(connection));
        return request;
    }

    private synchronized void serve(Connection connection) {
        if (waiting.remove(connection) != null) {
            served.add(connection);
        }
    }

    private synchronized void await(Connection connection) {
        if (served.remove(connection)) {
            waiting.put(connection, nanoClock.getAsLong());
        }
    }

    /** Closes those that have waited for too long, however often they sent a byte. */
    void sendAwayTheSlow() {
        List<Connection> slow = new ArrayList<>();
        synchronized (this) {
            long now = nanoClock.getAsLong();
            Iterator<Map.Entry<Connection, Long>> oldest = waiting.entrySet().iterator();
            while (oldest.hasNext()) {
                Map.Entry<Connection, Long> each = oldest.next();
                if (now - each.getValue() < WAIT_NANOS) {
                    break;
                }
                slow.add(each.getKey());
                oldest.remove();
            }
        }
        slow.forEach(each -> each.getEndPoint().close());
    }
}
