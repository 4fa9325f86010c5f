package org.smapp.core.agent;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Predicate;
import org.smapp.api.IpAddress;
import org.smapp.api.TransportAddress;

/**
 * The address ids of one connection's local addresses. The kernel refuses a second id for an address, and a second address
 * for an id; a port is part of the address. So an address keeps its id until it is withdrawn. The address that the
 * connection began with has id 0 (RFC 8684, section 3.4.1); used again after it was withdrawn, it gets an id like the
 * others. The id that was withdrawn last is used again last: the withdrawal may still be on its way to the peer.
 *
 * <p>For the agent's thread only.
 */
final class AddressIds {

    /** No id is left: a connection has 255 at most. */
    static final int NONE_LEFT = -1;

    private static final int MAX = 255;

    private final Map<TransportAddress, Integer> ids = new LinkedHashMap<>(4);
    private int latest;

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
        for (int i = 0; i < MAX; i++) {
            int id = (latest + i) % MAX + 1;
            if (!ids.containsValue(id)) {
                ids.put(key, id);
                latest = id;
                return id;
            }
        }
        return NONE_LEFT;
    }

    /** Notes an id that the kernel reported or an operator chose. */
    void learn(TransportAddress local, int id) {
        ids.putIfAbsent(key(local.address(), local.port()), id);
    }

    /** Notes the id of a subflow that was found by asking the kernel; it replaces an id noted before. */
    void correct(TransportAddress local, int id) {
        if (id != 0) {
            ids.put(key(local.address(), local.port()), id);
        }
    }

    /** Notes that the peer was told that the address with this id is gone. */
    void forget(int id) {
        ids.values().removeIf(each -> each == id);
    }

    /** Returns the oldest id whose address nobody needs, if there is one. */
    OptionalInt oldest(Predicate<IpAddress> needed) {
        return ids.entrySet().stream()
                .filter(each ->
                        each.getValue() != 0 && !needed.test(each.getKey().address()))
                .mapToInt(Map.Entry::getValue)
                .findFirst();
    }

    private static TransportAddress key(IpAddress address, int port) {
        return new TransportAddress(address.unmapped(), port);
    }
}
