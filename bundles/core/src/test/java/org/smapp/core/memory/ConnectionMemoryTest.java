package org.smapp.core.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.smapp.api.ConnectionSnapshot;
import org.smapp.api.ConnectionState;
import org.smapp.api.FourTuple;
import org.smapp.api.IpAddress;
import org.smapp.api.PathManagerType;
import org.smapp.api.RemoteAddress;
import org.smapp.api.Side;
import org.smapp.api.Subflow;
import org.smapp.api.SubflowState;
import org.smapp.api.Token;
import org.smapp.api.TransportAddress;
import org.smapp.api.event.AddressAnnounced;
import org.smapp.api.event.AddressRemoved;
import org.smapp.api.event.ConnectionClosed;
import org.smapp.api.event.ConnectionCreated;

final class ConnectionMemoryTest {

    private static final Token TOKEN = new Token(0xfbdb7365);
    private static final FourTuple TUPLE =
            new FourTuple(IpAddress.parse("10.0.1.2"), 40_000, IpAddress.parse("10.0.1.1"), 443);
    private static final TransportAddress OTHER = new TransportAddress(IpAddress.parse("fd00::5"), 443);

    @TempDir
    Path folder;

    private ConnectionMemory memory;

    @BeforeEach
    void open() {
        memory = reopened();
    }

    private ConnectionMemory reopened() {
        return new ConnectionMemory(new MemoryFile(folder.resolve("connections")));
    }

    private void begin(boolean deny) {
        memory.hear(new ConnectionCreated(TOKEN, Side.CLIENT, TUPLE, deny));
        memory.hear(new AddressAnnounced(TOKEN, 3, OTHER));
        memory.save();
    }

    @Test
    void shouldKeepAnnouncedAddressesOverARestart() {
        begin(true);
        Remembered found = reopened().recall(TOKEN);
        assertEquals(new Remembered(TUPLE, Side.CLIENT, true, List.of(new RemoteAddress(3, OTHER))), found);
    }

    @Test
    void shouldForgetWhatIsGone() {
        begin(false);
        memory.hear(new AddressRemoved(TOKEN, 3));
        memory.save();
        assertEquals(List.of(), reopened().recall(TOKEN).announced());
        memory.hear(new ConnectionClosed(TOKEN));
        memory.save();
        assertNull(reopened().recall(TOKEN));
    }

    @Test
    void shouldMakeGoodForEventsThatNeverCame() {
        begin(true);
        Token missed = new Token(5);
        RemoteAddress initial = new RemoteAddress(0, TUPLE.remote());
        RemoteAddress announced = new RemoteAddress(3, OTHER);
        memory.renew(List.of(new ConnectionSnapshot(
                missed,
                Side.CLIENT,
                ConnectionState.ESTABLISHED,
                "",
                "",
                TUPLE,
                false,
                true,
                false,
                List.of(new Subflow(TUPLE, 0, 0, SubflowState.ESTABLISHED, false, "wan1")),
                List.of(initial, announced),
                PathManagerType.USER_SPACE,
                Instant.EPOCH)));
        memory.save();
        ConnectionMemory next = reopened();
        assertNull(next.recall(TOKEN));
        assertEquals(new Remembered(TUPLE, Side.CLIENT, false, List.of(announced)), next.recall(missed));
    }

    @Test
    void shouldPassOverALineThatWasCut() throws IOException {
        begin(false);
        Files.writeString(folder.resolve("connections"), "1234abcd 10.0.1.2 400", StandardOpenOption.APPEND);
        assertEquals(1, reopened().recall(TOKEN).announced().size());
        assertNull(reopened().recall(new Token(0x1234abcd)));
    }

    @Test
    void shouldStaySmall() throws IOException {
        for (int i = 0; i < 20_000; i++) {
            begin(true);
            memory.hear(new ConnectionClosed(TOKEN));
        }
        memory.save();
        long bytes = Files.size(folder.resolve("connections"));
        assertTrue(bytes < 400_000, bytes + " bytes");
    }
}
