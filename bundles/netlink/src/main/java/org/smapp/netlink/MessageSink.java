package org.smapp.netlink;

import org.osgi.annotation.versioning.ConsumerType;

/** Takes the messages of an answer. */
@FunctionalInterface
@ConsumerType
public interface MessageSink {

    /**
     * A dump begins, maybe not for the first time: the kernel's table changed under the try before, which does not count. A sink
     * that adds to something clears it here.
     */
    default void begin() {}

    /**
     * Takes a message.
     *
     * @param message valid during this call only
     */
    void accept(MessageReader message);
}
