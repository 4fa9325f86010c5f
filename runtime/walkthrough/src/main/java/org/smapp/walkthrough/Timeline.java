package org.smapp.walkthrough;

import java.io.PrintStream;
import java.util.Locale;

/** Prints what happens, each line with the seconds since the timeline began. Thread-safe. */
final class Timeline {

    private final PrintStream out;
    private final long startNanos = System.nanoTime();

    Timeline(PrintStream out) {
        this.out = out;
    }

    synchronized void say(String who, String what) {
        out.printf(Locale.ROOT, "%7.3f  %-8s %s%n", (System.nanoTime() - startNanos) / 1e9, who, what);
        out.flush();
    }
}
