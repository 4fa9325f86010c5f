package org.smapp.walkthrough;

import org.smapp.testkit.lab.Download;

/** Finds the longest time in which a download did not get on, as seen by whoever looks often. For one thread. */
final class PauseWatch {

    private final Download download;
    private long bytes;
    private long sinceNanos = System.nanoTime();
    private long longestNanos;

    PauseWatch(Download download) {
        this.download = download;
        this.bytes = download.bytes();
    }

    void look(long nowNanos) {
        longestNanos = Math.max(longestNanos, nowNanos - sinceNanos);
        long now = download.bytes();
        if (now != bytes) {
            bytes = now;
            sinceNanos = nowNanos;
        }
    }

    long longestNanos() {
        return longestNanos;
    }
}
