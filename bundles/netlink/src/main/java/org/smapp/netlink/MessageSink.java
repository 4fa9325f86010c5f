package org.smapp.netlink;

import org.osgi.annotation.versioning.ConsumerType;

/** Takes the messages of an answer. */
@FunctionalInterface
@ConsumerType
public interface MessageSink {

    /**
     * A dump begins, or begins again because the kernel's table changed meanwhile. A sink that collects entries clears them
     * here.
     */
    default void begin() {}

    /**
     * Takes a message.
     *
     * @param message valid during this call only
     */
    void accept(MessageReader message);
}
