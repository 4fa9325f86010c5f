package org.smapp.core;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smapp.core.family.KernelFamily;
import org.smapp.core.pm.SpokenFamily;
import org.smapp.linux.Linux;
import org.smapp.linux.NetworkNamespace;

/**
 * Sees who else manages paths in the same namespace: processes that listen to the path manager's events, and
 * the in-kernel path manager if somebody has given it endpoints. Path managers for the same connections undo each other's
 * work.
 *
 * <p>{@link #look} is for one thread, {@link #found} for any.
 */
final class OtherPathManagers {

    private static final Logger LOG = LoggerFactory.getLogger(OtherPathManagers.class);

    /** Programs that only show what happens. */
    private static final Set<String> ONLOOKERS = Set.of("ip");

    private final EventListeners listeners;
    private final Linux linux;
    private final NetworkNamespace namespace;
    private final Set<String> told = new HashSet<>();
    private volatile List<String> found = List.of();

    OtherPathManagers(Linux linux, NetworkNamespace namespace) throws IOException {
        listeners = new EventListeners(linux, namespace);
        this.linux = linux;
        this.namespace = namespace;
    }

    /**
     * Returns what was there when it was last looked, such as {@code mptcpd (pid 612)} and
     * {@code the in-kernel path manager (endpoint 10.0.0.2)}.
     */
    List<String> found() {
        return found;
    }

    /** Looks now. */
    List<String> look() {
        List<String> others = new ArrayList<>();
        try {
            for (EventListeners.Listener each : listeners.find()) {
                if (each.program().equals(EventListeners.TOOL)) {
                    continue; // SMAPP's own tool only listens
                }
                others.add(each.toString());
                if (!ONLOOKERS.contains(each.program()) && told.add(each.toString())) {
                    LOG.warn(
                            "{} listens to the path manager's events in this namespace too. If it manages paths, the two"
                                    + " undo each other's work: stop one of them.",
                            each);
                }
            }
            inKernel(others);
        } catch (IOException e) {
            LOG.debug("Can't look for other path managers", e);
        }
        found = List.copyOf(others);
        return found;
    }

    private void inKernel(List<String> into) throws IOException {
        Optional<KernelFamily.Endpoints> opened =
                SpokenFamily.orFirst(linux, namespace).endpoints(linux, namespace);
        if (opened.isEmpty()) {
            return;
        }
        String all;
        try (KernelFamily.Endpoints endpoints = opened.get()) {
            all = endpoints.endpoints().stream()
                    .map(each -> each.address().toString())
                    .collect(Collectors.joining(", "));
        }
        if (all.isEmpty()) {
            return;
        }
        String which = "the in-kernel path manager (endpoint " + all + ")";
        into.add(which);
        if (told.add(which)) {
            LOG.info(
                    "Somebody has set up {} in this namespace. It manages the connections that began without SMAPP, and"
                            + " leaves SMAPP's alone; `ip mptcp endpoint flush` takes the endpoints away.",
                    which);
        }
    }
}
