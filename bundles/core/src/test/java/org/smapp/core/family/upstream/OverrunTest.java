package org.smapp.core.family.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.smapp.api.Command;
import org.smapp.api.event.Event;
import org.smapp.api.event.ListenerCreated;
import org.smapp.core.pm.PathManagerChannel;

/** A receive buffer that is full: the kernel drops events, says so once, and goes on when all is read. */
final class OverrunTest extends KernelContract {

    private static final int LISTENERS = 20;
    private static final byte[] ADDRESS = {10, 0, 1, 1};

    private void listen() throws Exception {
        kernel.linux().openMptcpListener(kernel.namespace(), ADDRESS, 0).close();
    }

    @Test
    void shouldBeToldOnceAndEndWhenAllIsRead() throws Exception {
        try (PathManagerChannel small = open(1)) {
            for (int i = 0; i < LISTENERS; i++) {
                listen();
            }
            long queued = listeners(readAll(small));
            assertEquals(1, overruns());
            assertTrue(queued > 0 && queued < LISTENERS, () -> queued + " events were queued");

            listen();
            assertEquals(queued + 1, listeners(readAll(small)));
            assertEquals(1, overruns());
        }
        accepted(new Command.Announce(token, at("10.0.2.1", 0), 1));
    }

    private static long listeners(List<Event> events) {
        return events.stream().filter(ListenerCreated.class::isInstance).count();
    }
}
