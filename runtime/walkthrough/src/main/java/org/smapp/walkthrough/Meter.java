package org.smapp.walkthrough;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.smapp.testkit.lab.Download;
import org.smapp.testkit.lab.GatewayLab;
import org.smapp.testkit.lab.Link;

/** Prints each second what every link brings. */
final class Meter implements AutoCloseable {

    private static final double MEGABITS_PER_MARK = 2.5;
    private static final int MARKS = 20;

    private final Timeline timeline;
    private final List<Link> links;
    private final Download download;
    private final long expectedBytes;
    private final Map<String, Long> before = new LinkedHashMap<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private long beforeNanos;

    Meter(Timeline timeline, List<Link> links, Download download, long expectedBytes) {
        this.timeline = timeline;
        this.links = links;
        this.download = download;
        this.expectedBytes = expectedBytes;
    }

    /** Starts the first second. */
    void begin() {
        line(System.nanoTime());
        clock.scheduleAtFixedRate(this::tick, 1, 1, TimeUnit.SECONDS);
    }

    private void tick() {
        String line = line(System.nanoTime());
        if (download.isRunning()) {
            timeline.say("", line);
        }
    }

    private String line(long nowNanos) {
        StringBuilder line = new StringBuilder();
        for (Link link : links) {
            long bytes = GatewayLab.downloadedBytes(link);
            long came = bytes - before.getOrDefault(link.name(), bytes);
            before.put(link.name(), bytes);
            line.append(bar(link.name(), came * 8e3 / (nowNanos - beforeNanos)));
        }
        beforeNanos = nowNanos;
        return line + String.format(Locale.ROOT, "%.1f of %.1f MB", download.bytes() / 1e6, expectedBytes / 1e6);
    }

    static String bar(String name, double megabitsPerSecond) {
        int marks = (int) Math.min(MARKS, Math.round(megabitsPerSecond / MEGABITS_PER_MARK));
        String bar = "#".repeat(marks) + " ".repeat(MARKS - marks);
        return String.format(Locale.ROOT, "%s |%s| %5.1f Mbit/s   ", name, bar, megabitsPerSecond);
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
