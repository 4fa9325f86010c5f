package org.smapp.testkit.kernel;

import org.smapp.netlink.MessageReader;

/** What the fake kernel does with the requests of a netlink protocol. */
@FunctionalInterface
interface Protocol {

    /**
     * Carries out one request; the acknowledgement comes by itself.
     *
     * @param message the request, which begins at position 0 of its buffer
     * @throws Refusal if the answer is no
     */
    void handle(MessageReader message, Answers answers) throws Refusal;
}
