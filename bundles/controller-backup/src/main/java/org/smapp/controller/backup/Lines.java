package org.smapp.controller.backup;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.smapp.api.IpAddress;
import org.smapp.api.LocalAddress;
import org.smapp.api.controller.Connection;

/** The order in which lines are preferred. Immutable. */
final class Lines {

    private final List<Pattern> patterns;

    /** @param preference shell patterns of interfaces, the preferred first */
    Lines(List<String> preference) {
        patterns = preference.stream()
                .map(each -> "\\Q" + each.trim().replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q") + "\\E")
                .map(Pattern::compile)
                .toList();
    }

    /** Returns the addresses that subflows of this connection can use now, the preferred first. */
    List<IpAddress> usable(Connection connection) {
        IpAddress first = connection.tuple().localAddress().unmapped();
        return connection.localAddresses().stream()
                .filter(each -> connection.pairFrom(each.address()).isPresent())
                .sorted(Comparator.comparingInt(this::place)
                        .thenComparing(each -> !each.address().equals(first)))
                .map(LocalAddress::address)
                .toList();
    }

    private int place(LocalAddress address) {
        for (int i = 0; i < patterns.size(); i++) {
            if (patterns.get(i).matcher(address.interfaceName()).matches()) {
                return i;
            }
        }
        return patterns.size();
    }
}
