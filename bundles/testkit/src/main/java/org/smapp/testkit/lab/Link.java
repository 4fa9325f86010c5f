package org.smapp.testkit.lab;

import java.time.Duration;

/**
 * A cable between two hosts of a lab, with a shape for each direction.
 *
 * <p>Thread-safe. Every method throws {@link LabException} when the kernel or a program refuses.
 */
public interface Link extends AutoCloseable {

    /** The two ends of a link: near is the one named first when it was made. */
    enum End {
        NEAR,
        FAR;

        /** Returns the other end. */
        public End other() {
            return this == NEAR ? FAR : NEAR;
        }
    }

    /** How links are made. */
    enum Kind {
        /** Two TAP devices and an event loop in this process: the whole of {@link Shape} on any kernel. */
        TAP,
        /** A veth pair, as fast as the machine; shapes are refused. */
        VETH,
        /**
         * A veth pair shaped by the kernel: by netem where it has it; else by tbf, which knows neither delay nor loss. For
         * users who may not open /dev/net/tun.
         */
        SHAPED_VETH;

        /** Returns {@link #TAP} where this process may open /dev/net/tun, else {@link #SHAPED_VETH}. */
        public static Kind best() {
            return LabRequirements.tunIsUsable() ? TAP : SHAPED_VETH;
        }
    }

    /** Returns the link's name in its lab. */
    String name();

    /** Returns how the link is made and what shapes it, such as {@code "tap"} or {@code "veth, tbf (no delay, no loss)"}. */
    String description();

    /** Returns the host at an end. */
    Host host(End end);

    /** Returns the name of the interface at an end. */
    String device(End end);

    /** Returns the shape of what {@code from} sends. */
    Shape shape(End from);

    /** Changes the shape of what {@code from} sends, for frames from now on; those in the queue follow a new rate too. */
    void shape(End from, Shape shape);

    /** Changes the rate of both directions. */
    default void rate(long bitsPerSecond) {
        for (End from : End.values()) {
            shape(from, shape(from).withRate(bitsPerSecond));
        }
    }

    /** Changes the delay of both directions, one way. */
    default void delay(Duration delay) {
        for (End from : End.values()) {
            shape(from, shape(from).withDelay(delay));
        }
    }

    /** Changes the loss of both directions, 0 to 1. A link that loses everything is silent, but has a carrier. */
    default void loss(double loss) {
        for (End from : End.values()) {
            shape(from, shape(from).withLoss(loss));
        }
    }

    /**
     * Gives or takes the carrier of one end, as its kernel sees it. While either end is without, nothing passes in either
     * direction and what was under way is gone.
     */
    void carrier(End end, boolean on);

    /** Returns what the direction from {@code from} has done. */
    Counters counters(End from);

    /** Takes the cable and both interfaces away; again is allowed. */
    @Override
    void close();
}
