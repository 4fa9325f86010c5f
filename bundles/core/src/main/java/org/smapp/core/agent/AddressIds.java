package org.smapp.core.agent;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Predicate;
import org.smapp.api.IpAddress;
import org.smapp.api.TransportAddress;

/**
 * Which address id stands for which local address of one connection. The kernel refuses an address under a second id and an
 * id for a second address, and counts a given port as part of the address; so an address keeps its id here until it is
 * withdrawn. The address that the connection began with has id 0 (RFC 8684, section 3.4.1), and once that is withdrawn an id
 * like the others. What was withdrawn last is used again last: the peer may still hear of its end.
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

    /** Notes an id that a subflow has which others opened: the address may have lost its first one. */
    void correct(TransportAddress local, int id) {
        if (id != 0) {
            ids.put(key(local.address(), local.port()), id);
        }
    }

    /** Notes that the peer was told that the address with this id is gone. */
    void forget(int id) {
        ids.values().removeIf(each -> each == id);
    }

    /** Returns the id that has stood for the longest time for an address that nobody needs, if there is one. */
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
