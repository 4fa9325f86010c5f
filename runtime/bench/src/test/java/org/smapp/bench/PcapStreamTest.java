package org.smapp.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PcapStreamTest {

    /** Taken by capture_syns on the client: one connection of which the second subflow was joined and answered. */
    static byte[] oneConnection() throws IOException {
        try (InputStream in = PcapStreamTest.class.getResourceAsStream("one-connection.pcap")) {
            return in.readAllBytes();
        }
    }

    static List<Syn> read(byte[] capture) throws IOException {
        List<Syn> syns = new ArrayList<>();
        PcapStream.open(new ByteArrayInputStream(capture)).forEachSyn(syns::add);
        return syns;
    }

    @Test
    void shouldReadTheFourPacketsThatOpenAConnectionAndJoinASubflow() throws IOException {
        assertEquals(
                List.of(Syn.Kind.CAPABLE, Syn.Kind.CAPABLE_ANSWER, Syn.Kind.JOIN, Syn.Kind.JOIN_ANSWER),
                read(oneConnection()).stream().map(Syn::kind).toList());
    }

    @Test
    void shouldReadAddressesPortsAndNanoseconds() throws IOException {
        Syn first = read(oneConnection()).get(0);
        assertEquals(new Syn.Flow(0x0a480102, 50728, 0x0a480101, 8080), first.flow());
        assertEquals(1795365744_864457691L, first.nanos());
    }

    @Test
    void shouldSayThatTheCaptureNeverBegan() {
        assertThrows(EOFException.class, () -> read(new byte[0]));
    }

    @Test
    void shouldRefuseWhatIsNoCapture() {
        assertThrows(IOException.class, () -> read(new byte[24]));
    }

    @Test
    void shouldRefuseACaptureThatEndsWithinAPacket() throws IOException {
        byte[] whole = oneConnection();
        byte[] cut = Arrays.copyOf(whole, whole.length - 1);
        assertThrows(EOFException.class, () -> read(cut));
    }
}
