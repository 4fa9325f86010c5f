package org.smapp.core.agent;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;

/**
 * Which interfaces subflows may use, by shell patterns such as {@code lte*}. Immutable.
 */
final class InterfaceFilter {

    private final List<PathMatcher> excluded;

    /** @param excluded patterns of names that are left out */
    InterfaceFilter(List<String> excluded) {
        this.excluded = excluded.stream()
                .filter(each -> !each.isBlank())
                .map(each -> FileSystems.getDefault().getPathMatcher("glob:" + each.trim()))
                .toList();
    }

    boolean allows(String name) {
        Path asPath = Path.of(name); // an interface's name holds no slash, so that it is a path of one element
        return excluded.stream().noneMatch(each -> each.matches(asPath));
    }
}
