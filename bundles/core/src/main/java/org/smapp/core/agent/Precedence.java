package org.smapp.core.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses whether the agent, when an event wakes it up, preempts the thread that runs. Often that is the program whose new
 * connection the event is about, and it has yet to send the request that leads to the next event: on a calm machine the
 * agent is quicker if it waits until that program pauses. On a busy machine it would wait milliseconds for other programs,
 * too, and preempts them.
 *
 * <p>For one thread.
 */
final class Precedence {

    /** Pressure stall information (Linux 4.20): {@code some avg10=4.51 avg60=9.73 avg300=9.68 total=8596192969}. */
    static final Path PRESSURE = Path.of("/proc/pressure/cpu");

    private static final Logger LOG = LoggerFactory.getLogger(Precedence.class);
    private static final String LAST_TEN_SECONDS = "avg10=";

    /** Percent of the time in which some thread waited for a processor; two bounds, so that the choice seldom changes. */
    private static final double BUSY = 40;

    private static final double CALM = 20;
    private static final long LOOK_EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** The agent's thread. */
    interface Thread {
        /** Chooses; returns whether that could be done. */
        boolean goFirst(boolean first);
    }

    private final Path pressure;
    private Thread asked;
    private boolean granted;
    private boolean first = true;
    private boolean unknown;
    private long lookedAt;

    /** @param pressure {@link #PRESSURE} */
    Precedence(Path pressure) {
        this.pressure = pressure;
    }

    /** Looks how busy the processors are, if it is time to, and tells {@code thread}; {@code nowNanos} never goes back. */
    void look(Thread thread, long nowNanos) {
        if (unknown || thread == asked && nowNanos - lookedAt < LOOK_EVERY_NANOS) {
            return;
        }
        lookedAt = nowNanos;
        try {
            double waited = waited(Files.readString(pressure));
            boolean goesFirst = first ? waited >= CALM : waited >= BUSY;
            if (thread != asked || goesFirst != first || !granted) {
                granted = thread.goFirst(goesFirst);
                asked = thread;
                first = goesFirst;
                if (granted) {
                    LOG.debug("The agent {} when it wakes up", first ? "goes first" : "waits until others pause");
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            unknown = true;
            LOG.info("How busy the processors are is not known ({}): the agent always goes first", e.toString());
            thread.goFirst(true);
        }
    }

    private static double waited(String text) {
        int start = text.indexOf(LAST_TEN_SECONDS);
        int end = text.indexOf(' ', start);
        if (start < 0 || end < 0) {
            throw new IllegalArgumentException("there is no " + LAST_TEN_SECONDS + " in " + text);
        }
        return Double.parseDouble(text.substring(start + LAST_TEN_SECONDS.length(), end));
    }
}
