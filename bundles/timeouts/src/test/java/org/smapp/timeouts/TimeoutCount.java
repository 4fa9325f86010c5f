package org.smapp.timeouts;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.smapp.api.FourTuple;
import org.smapp.api.event.SubflowTimeout;
import org.smapp.api.measure.Measurements;
import org.smapp.api.measure.SubflowInfo;
import org.smapp.core.measure.KernelMeasurements;
import org.smapp.linux.Linux;
import org.smapp.linux.NativeLinux;
import org.smapp.linux.NetworkNamespace;
import org.smapp.testkit.lab.Deadline;
import org.smapp.testkit.lab.Host;
import org.smapp.timeouts.BpfTimeouts.Way;

/** The timeouts of one host from now on: by each source, and as the kernel counts them. */
final class TimeoutCount implements AutoCloseable {

    private static final Duration INTERVAL = Duration.ofMillis(100);
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration QUIET_LIMIT = Duration.ofSeconds(30);

    private final Host host;
    private final KernelMeasurements measurements;
    private final Measurements.Series series;
    private final Map<Way, BpfTimeouts> sources = new EnumMap<>(Way.class);
    private final Map<Way, List<SubflowTimeout>> told = new EnumMap<>(Way.class);
    private final List<SubflowTimeout> polled = Collections.synchronizedList(new ArrayList<>());
    private final List<SubflowInfo> thereBefore;
    private long countedBefore;
    private volatile Measurements.Sample lastLook;

    TimeoutCount(Linux linux, Host host) throws Exception {
        this.host = host;
        for (Way way : Way.values()) {
            List<SubflowTimeout> its = Collections.synchronizedList(new ArrayList<>());
            told.put(way, its);
            sources.put(way, open(way, linux, host.namespace(), (timeout, nanos) -> its.add(timeout)));
        }
        measurements = KernelMeasurements.open(linux, host.namespace());
        PolledTimeouts compare = new PolledTimeouts(polled::add);
        series = measurements.sample(INTERVAL, sample -> {
            compare.accept(sample);
            lastLook = sample;
        });
        Deadline.waitFor("the first look", SOON, () -> lastLook != null);
        thereBefore = lastLook.subflows();
        Deadline.waitFor("a moment without expiries", QUIET_LIMIT, this::begin);
    }

    /** Lets all count from zero, if nothing expires meanwhile. */
    private boolean begin() {
        countedBefore = total();
        told.values().forEach(List::clear);
        awaitNextLook();
        polled.clear();
        awaitNextLook();
        return counted() == 0 && by(Way.SOCK_OPS).isEmpty() && polled.isEmpty();
    }

    private void awaitNextLook() {
        long before = lastLook.nanoTime();
        Deadline.waitFor("the next look", SOON, () -> lastLook.nanoTime() - before > INTERVAL.toNanos());
    }

    /** Returns why eBPF can't be had on this machine, or the empty string. */
    static String whyNotHere() {
        for (Way way : Way.values()) {
            try {
                open(way, NativeLinux.load(), NetworkNamespace.current(), (timeout, nanos) -> {})
                        .close();
            } catch (Unavailable e) {
                return e.getMessage();
            }
        }
        return "";
    }

    /** What happens to each expiry. */
    interface Taker {
        void take(SubflowTimeout timeout, long expiredNanos);
    }

    static BpfTimeouts open(Way way, Linux linux, NetworkNamespace namespace, Taker taker) throws Unavailable {
        return BpfTimeouts.open(
                way, linux, NativeLinux.bpf(), namespace, Path.of("/proc/self/mounts"), new BpfTimeouts.Sink() {
                    @Override
                    public void expired(SubflowTimeout timeout, long expiredNanos) {
                        taker.take(timeout, expiredNanos);
                    }

                    @Override
                    public void lost(long count) {
                        throw new IllegalStateException("the ring was too small");
                    }
                });
    }

    List<SubflowTimeout> by(Way way) {
        return List.copyOf(told.get(way));
    }

    List<SubflowTimeout> byPolling() {
        return List.copyOf(polled);
    }

    private long total() {
        String[] lines = host.read("/proc/thread-self/net/netstat").split("\n");
        int at = Arrays.asList(lines[0].split(" ")).indexOf("TCPTimeouts");
        return Long.parseLong(lines[1].split(" ")[at]);
    }

    /** Returns the kernel's count since the beginning (TcpExtTCPTimeouts). */
    long counted() {
        return total() - countedBefore;
    }

    /**
     * Waits until all that expired was told, and nothing has expired between two looks of polling, or for {@link #QUIET_LIMIT}:
     * the comparison that follows says what was not told.
     */
    void awaitQuiet() {
        long start = System.nanoTime();
        long before;
        do {
            before = counted();
            awaitNextLook();
        } while ((before != counted() || by(Way.SOCK_OPS).size() != before)
                && System.nanoTime() - start < QUIET_LIMIT.toNanos());
    }

    /** Returns how often the timers of each subflow that is still there expired. */
    static Map<FourTuple, Long> perSubflow(List<SubflowTimeout> timeouts, List<SubflowInfo> there) {
        return timeouts.stream()
                .map(SubflowTimeout::tuple)
                .filter(each -> there.stream().anyMatch(one -> one.tuple().equals(each)))
                .collect(Collectors.groupingBy(each -> each, Collectors.counting()));
    }

    /** Returns the subflows that were there before anything was watched. */
    List<SubflowInfo> thereBefore() {
        return thereBefore;
    }

    /** Returns those that are there now. */
    List<SubflowInfo> subflows() {
        return lastLook.subflows();
    }

    @Override
    public String toString() {
        return host.name() + ": " + counted() + " counted by the kernel, "
                + by(Way.SOCK_OPS).size()
                + " told by sock_ops, " + by(Way.TRACEPOINT).size() + " by the tracepoint, "
                + byPolling().size() + " by polling";
    }

    @Override
    public void close() {
        sources.values().forEach(BpfTimeouts::close);
        series.close();
        measurements.close();
    }
}
