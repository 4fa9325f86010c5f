package org.smapp.core.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.smapp.api.FourTuple;
import org.smapp.api.IpAddress;
import org.smapp.api.Side;
import org.smapp.api.Token;
import org.smapp.api.measure.ConnectionInfo;
import org.smapp.api.measure.SubflowInfo;
import org.smapp.api.measure.TcpState;
import org.smapp.linux.LinuxException;
import org.smapp.linux.NetworkNamespace;
import org.smapp.testkit.kernel.FakeKernel;
import org.smapp.testkit.kernel.KernelConnection;

/** What is there, asked of a kernel in memory. */
final class KernelMeasurementsTest {

    private static final FourTuple ENDS =
            new FourTuple(IpAddress.parse("127.0.0.1"), 4000, IpAddress.parse("198.51.100.1"), 443);

    private final FakeKernel kernel = new FakeKernel();
    private KernelConnection connection;
    private KernelMeasurements measurements;

    @BeforeEach
    void open() throws LinuxException {
        measurements = KernelMeasurements.open(kernel, NetworkNamespace.current());
        connection = kernel.connect(Side.CLIENT, ENDS);
        connection.establish();
    }

    @AfterEach
    void close() {
        measurements.close();
    }

    @Test
    void shouldFindTheConnection() {
        ConnectionInfo info = measurements.connection(connection.token()).orElseThrow();
        assertEquals(connection.token(), info.token());
        assertEquals(ENDS, info.tuple());
        assertEquals(TcpState.ESTABLISHED, info.state());
        assertEquals(List.of(info), measurements.connections());
        assertEquals(Optional.empty(), measurements.connection(new Token(1)));
    }

    @Test
    void shouldFindTheSubflow() {
        SubflowInfo info = measurements.subflow(ENDS).orElseThrow();
        assertEquals(connection.token(), info.token());
        assertEquals(ENDS, info.tuple());
        assertEquals(List.of(info), measurements.subflows());
        FourTuple open = new FourTuple(ENDS.localAddress(), 0, ENDS.remoteAddress(), 443);
        assertEquals(Optional.empty(), measurements.subflow(open), "its port is not known yet");
        FourTuple other = new FourTuple(ENDS.localAddress(), 4001, ENDS.remoteAddress(), 443);
        assertEquals(Optional.empty(), measurements.subflow(other));
    }

    @Test
    void shouldSayThatTheKernelCanNotBeAsked() {
        measurements.close();
        assertThrows(UncheckedIOException.class, measurements::connections);
    }
}
