package org.smapp.controller.backup;

import java.util.Comparator;
import java.util.List;
import org.smapp.api.InterfaceNames;
import org.smapp.api.IpAddress;
import org.smapp.api.LocalAddress;
import org.smapp.api.controller.Connection;
import org.smapp.controller.kit.ConnectionLine;

/** The order in which lines are preferred. Immutable. */
final class Lines {

    private final List<InterfaceNames> preference;

    /**
     * @param preference shell patterns of interfaces, the preferred first
     * @throws IllegalArgumentException with a sentence for the operator
     */
    Lines(List<String> preference) {
        this.preference = preference.stream()
                .map(each -> new InterfaceNames(List.of(each)))
                .toList();
    }

    /** Returns the lines that subflows of this connection can use now, the preferred first. */
    List<ConnectionLine> usable(Connection connection) {
        IpAddress first = connection.tuple().localAddress().unmapped();
        return connection.localAddresses().stream()
                .filter(each -> connection.pairFrom(each.address()).isPresent())
                .sorted(Comparator.comparingInt(this::place)
                        .thenComparing(each -> !each.address().equals(first)))
                .map(each -> new ConnectionLine(connection, each.address()))
                .toList();
    }

    private int place(LocalAddress address) {
        for (int i = 0; i < preference.size(); i++) {
            if (preference.get(i).contains(address.interfaceName())) {
                return i;
            }
        }
        return preference.size();
    }
}
