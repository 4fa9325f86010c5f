package org.smapp.api;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.regex.PatternSyntaxException;

/** Names of interfaces, by shell patterns such as {@code lte*}, as operators write them in configurations. Immutable. */
public final class InterfaceNames {

    /** No name at all. */
    public static final InterfaceNames NONE = new InterfaceNames(List.of());

    private final List<PathMatcher> patterns;

    /**
     * @param patterns shell patterns; white space around them is dropped, and empty ones count for nothing
     * @throws IllegalArgumentException with a sentence for the operator
     */
    public InterfaceNames(List<String> patterns) {
        this.patterns = patterns.stream()
                .map(String::trim)
                .filter(each -> !each.isEmpty())
                .map(InterfaceNames::matcher)
                .toList();
    }

    private static PathMatcher matcher(String pattern) {
        try {
            return FileSystems.getDefault().getPathMatcher("glob:" + pattern);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "'" + pattern + "' is no shell pattern (" + e.getDescription() + "): write it like eth0 or wan*",
                    e);
        }
    }

    /** Returns whether no pattern was given. */
    public boolean isEmpty() {
        return patterns.isEmpty();
    }

    /** Returns whether a pattern fits. */
    public boolean contains(String name) {
        Path asPath = Path.of(name); // an interface's name holds no slash, so that it is a path of one element
        for (PathMatcher each : patterns) {
            if (each.matches(asPath)) {
                return true;
            }
        }
        return false;
    }
}
