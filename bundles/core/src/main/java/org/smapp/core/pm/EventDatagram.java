package org.smapp.core.pm;

import java.nio.ByteBuffer;
import org.smapp.api.event.Event;
import org.smapp.core.family.KernelFamily;
import org.smapp.core.family.MalformedEventException;
import org.smapp.netlink.MessageReader;

/**
 * Takes the datagrams of the event socket apart, and tells of every message that can be read, and of every one that can't.
 */
final class EventDatagram {

    private final MessageReader reader = new MessageReader();
    private final KernelFamily.Decoder decoder;
    private final int number;

    /** @param number the number that the kernel gave the family; other messages are passed over */
    EventDatagram(KernelFamily.Decoder decoder, int number) {
        this.decoder = decoder;
        this.number = number;
    }

    /** Reads the bytes between the datagram's position and its limit. */
    void read(ByteBuffer datagram, EventSource.Listener listener) {
        reader.wrap(datagram);
        while (reader.next()) {
            if (reader.type() == number) {
                decode(listener);
            }
        }
        if (reader.malformed()) {
            listener.malformed("a datagram of " + datagram.remaining() + " bytes ends in the middle of a message");
        }
    }

    private void decode(EventSource.Listener listener) {
        try {
            Event event = decoder.decode(reader);
            if (event != null) {
                listener.received(event);
            }
        } catch (MalformedEventException e) {
            listener.malformed(e.getMessage());
        }
    }
}
