package org.smapp.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smapp.linux.Linux;
import org.smapp.linux.NetworkNamespace;

/**
 * Notices when the kernel makes new connections plain TCP. Its blackhole detection (6.12) does so when a SYN with Multipath
 * TCP's option got no answer and one without did: for an hour at first, and longer each time. One server behind a bad
 * firewall takes the paths away from all connections. No event tells of it, and such connections never show up in SMAPP;
 * counters of the namespace show it.
 *
 * <p>{@link #look} is for one thread, {@link #found} for any.
 */
final class PlainTcpWatch {

    private static final Logger LOG = LoggerFactory.getLogger(PlainTcpWatch.class);

    /** Pairs of lines: names and values, each after the name of the group. */
    static final Path COUNTERS = Path.of("/proc/thread-self/net/netstat");

    private static final String GROUP = "MPTcpExt:";
    private static final String DETECTED = "Blackhole";
    private static final String MADE_PLAIN = "MPCapableSYNTXDisabled";
    private static final String ANSWERED = "MPCapableSYNACKRX";

    static final String SENTENCE =
            "The kernel makes new connections plain TCP, without further paths: a server or a firewall"
                    + " left SYNs with Multipath TCP's option unanswered, and its blackhole detection (net.mptcp.blackhole_timeout)"
                    + " takes that for the way of all. `sysctl -w net.mptcp.blackhole_timeout=0` ends that at once and for good.";

    private final Linux linux;
    private final NetworkNamespace namespace;
    private final Path file;
    private Map<String, Long> before;
    private volatile boolean plain;

    PlainTcpWatch(Linux linux, NetworkNamespace namespace) {
        this(linux, namespace, COUNTERS);
    }

    PlainTcpWatch(Linux linux, NetworkNamespace namespace, Path file) {
        this.linux = linux;
        this.namespace = namespace;
        this.file = file;
    }

    /** Compares with the last look. */
    void look() {
        try {
            compare(counters(linux.inside(namespace, () -> Files.readAllLines(file))));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            LOG.debug("Can't see whether new connections are plain TCP", e);
        }
    }

    private void compare(Map<String, Long> now) {
        Map<String, Long> last = before == null ? now : before;
        before = now;
        boolean more = risen(DETECTED, last, now) || risen(MADE_PLAIN, last, now);
        if (more && !plain) {
            plain = true;
            LOG.warn(SENTENCE);
        } else if (!more && plain && risen(ANSWERED, last, now)) {
            plain = false;
            LOG.info("New connections are Multipath TCP again");
        }
    }

    private static boolean risen(String name, Map<String, Long> last, Map<String, Long> now) {
        return now.getOrDefault(name, 0L) > last.getOrDefault(name, 0L);
    }

    private static Map<String, Long> counters(List<String> lines) throws IOException {
        Map<String, Long> found = new HashMap<>();
        for (int i = 0; i + 1 < lines.size(); i += 2) {
            if (lines.get(i).startsWith(GROUP)) {
                Iterator<String> values =
                        Arrays.asList(lines.get(i + 1).split(" ")).iterator();
                for (String name : lines.get(i).split(" ")) {
                    String value = values.hasNext() ? values.next() : "";
                    if (value.matches("\\d+")) {
                        found.put(name, Long.parseLong(value));
                    }
                }
            }
        }
        return found;
    }

    /** Returns a sentence for the operator while new connections are plain TCP. */
    Optional<String> found() {
        return plain ? Optional.of(SENTENCE) : Optional.empty();
    }
}
