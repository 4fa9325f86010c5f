package org.smapp.core.pm;

import java.nio.ByteBuffer;
import org.smapp.api.event.Event;
import org.smapp.netlink.MessageReader;

/** Takes apart what the event socket brings: every message that can be read is told, and every one that can't. */
final class EventDatagram {

    private final EventDecoder decoder = new EventDecoder();
    private final MessageReader reader = new MessageReader();
    private final int family;

    /** @param family the number that the kernel gave the path manager's family; other messages are passed over */
    EventDatagram(int family) {
        this.family = family;
    }

    int family() {
        return family;
    }

    /** Reads the bytes between the datagram's position and its limit. */
    void read(ByteBuffer datagram, PathManagerChannel.Listener listener) {
        reader.wrap(datagram);
        while (reader.next()) {
            if (reader.type() == family) {
                decode(listener);
            }
        }
        if (reader.malformed()) {
            listener.malformed("a datagram of " + datagram.remaining() + " bytes ends in the middle of a message");
        }
    }

    private void decode(PathManagerChannel.Listener listener) {
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
