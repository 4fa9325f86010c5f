package org.smapp.linux;

import java.nio.file.Path;

/**
 * A network namespace, named by a file that stands for it, such as {@code /run/netns/gateway}.
 *
 * @param file a bind mount or a /proc link that {@code setns(2)} takes
 */
public record NetworkNamespace(Path file) {

    private static final NetworkNamespace CURRENT = new NetworkNamespace(Path.of("/proc/self/ns/net"));

    /** Returns the namespace that this process was started in. */
    public static NetworkNamespace current() {
        return CURRENT;
    }

    /** Returns the namespace that {@code ip netns} knows under {@code name}. */
    public static NetworkNamespace named(String name) {
        return new NetworkNamespace(Path.of("/run/netns", name));
    }
}
