package org.smapp.core.agent;

/** Something asked of the agent. Exactly one of the two methods is called, once. */
interface Message {

    /** Does it, on the agent's thread. */
    void run();

    /** Hears that it will not be done, because this agent has ended; on any thread. */
    default void dropped() {}
}
