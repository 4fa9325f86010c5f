package org.smapp.core.agent;

import java.util.HashMap;
import java.util.Map;
import org.smapp.api.IpAddress;
import org.smapp.api.TransportAddress;

/**
 * Which address id stands for which local address of one connection. The kernel refuses an address under a second id and an
 * id for a second address, and counts a given port as part of the address; so an address keeps its id for good here. The
 * address that the connection began with has id 0 (RFC 8684, section 3.4.1).
 *
 * <p>For the agent's thread only.
 */
final class AddressIds {

    /** No id is left: a connection has 255 at most. */
    static final int NONE_LEFT = -1;

    private static final int MAX = 255;

    private final Map<TransportAddress, Integer> ids = new HashMap<>(4);

    AddressIds(IpAddress initial) {
        ids.put(key(initial, 0), 0);
    }

    /** Returns the id of {@code local}, chosen now if it has none; or {@link #NONE_LEFT}. */
    int of(TransportAddress local) {
        TransportAddress key = key(local.address(), local.port());
        Integer known = ids.get(key);
        return known != null ? known : choose(key);
    }

    private int choose(TransportAddress key) {
        for (int id = 1; id <= MAX; id++) {
            if (!ids.containsValue(id)) {
                ids.put(key, id);
                return id;
            }
        }
        return NONE_LEFT;
    }

    /** Notes an id that the kernel reported or an operator chose. */
    void learn(TransportAddress local, int id) {
        ids.putIfAbsent(key(local.address(), local.port()), id);
    }

    private static TransportAddress key(IpAddress address, int port) {
        return new TransportAddress(address.unmapped(), port);
    }
}
