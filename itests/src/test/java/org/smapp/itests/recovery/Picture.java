package org.smapp.itests.recovery;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.smapp.testkit.gateway.Shown;

/**
 * What SMAPP shows, in the words of {@code ss}.
 *
 * @param tokens of the connections, as {@code ss -M} shows them
 * @param subflows the four ends of those established, as {@code ss -t} shows them
 * @param details each token with side, announced addresses, and each of its subflows with ids and backup mark
 * @param owners how many connections each controller owns; those of the empty name are owned by none
 */
record Picture(Set<String> tokens, Set<String> subflows, Set<String> details, Map<String, Integer> owners) {

    static Picture of(List<Shown.Connection> connections) {
        Picture picture = new Picture(new TreeSet<>(), new TreeSet<>(), new TreeSet<>(), new TreeMap<>());
        connections.forEach(picture::add);
        return picture;
    }

    private void add(Shown.Connection connection) {
        String token = connection.hexToken();
        tokens.add(token);
        owners.merge(connection.controller(), 1, Integer::sum);
        details.add(token + " " + connection.side() + " " + connection.remoteAddresses());
        for (Shown.Subflow each : connection.established()) {
            subflows.add(each.ends());
            details.add(String.join(
                    " ",
                    token,
                    each.ends(),
                    "ids " + each.localId() + " " + each.remoteId(),
                    each.backup() ? "backup" : ""));
        }
    }

    /** Returns whether the connections and subflows are these. */
    boolean shows(Picture kernel) {
        return tokens.equals(kernel.tokens) && subflows.equals(kernel.subflows);
    }
}
