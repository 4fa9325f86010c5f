package org.smapp.core.agent;

/** The agent's clock; tests have their own. */
public interface AgentClock {

    /** The clock of this machine. */
    AgentClock SYSTEM = new AgentClock() {
        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public long epochMs() {
            return System.currentTimeMillis();
        }
    };

    /** Returns nanoseconds since some moment, never going back. */
    long nanoTime();

    /** Returns milliseconds since 1970. */
    long epochMs();
}
