package org.smapp.core.agent;

import java.util.List;
import org.smapp.core.rule.InterfaceNames;

/** Which interfaces subflows may use. Immutable. */
final class InterfaceFilter {

    private final InterfaceNames excluded;

    /** @param excluded shell patterns of names that are left out, such as {@code lte*} */
    InterfaceFilter(List<String> excluded) {
        this.excluded = new InterfaceNames(excluded.stream()
                .map(String::trim)
                .filter(each -> !each.isEmpty())
                .toList());
    }

    boolean allows(String name) {
        return !excluded.contains(name);
    }
}
