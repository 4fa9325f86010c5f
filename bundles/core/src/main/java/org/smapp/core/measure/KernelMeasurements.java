package org.smapp.core.measure;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.smapp.api.FourTuple;
import org.smapp.api.Token;
import org.smapp.api.measure.ConnectionInfo;
import org.smapp.api.measure.Measurements;
import org.smapp.api.measure.SubflowInfo;
import org.smapp.linux.Linux;
import org.smapp.linux.LinuxException;
import org.smapp.linux.NetlinkSocket;
import org.smapp.linux.NetworkNamespace;
import org.smapp.netlink.NetlinkRequester;
import org.smapp.netlink.diag.SocketTable;

/** Figures by a socket of its own, so that nobody who asks gets in the agent's way. Thread-safe. */
public final class KernelMeasurements implements Measurements, AutoCloseable {

    private final NetlinkRequester requester;
    private final Figures figures;
    private final Sampling sampling;

    private KernelMeasurements(NetlinkRequester requester) {
        this.requester = requester;
        figures = new Figures(new SocketTable(requester));
        sampling = new Sampling(this::subflows, System::nanoTime);
    }

    /** Opens the socket. */
    public static KernelMeasurements open(Linux linux, NetworkNamespace namespace) throws LinuxException {
        return new KernelMeasurements(NetlinkRequester.open(linux, namespace, NetlinkSocket.SOCK_DIAG));
    }

    private interface Question<T> {
        T ask() throws LinuxException;
    }

    private synchronized <T> T answer(Question<T> question) {
        try {
            return question.ask();
        } catch (LinuxException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Optional<ConnectionInfo> connection(Token token) {
        return answer(() -> figures.connection(token));
    }

    @Override
    public Optional<SubflowInfo> subflow(FourTuple tuple) {
        return answer(() -> figures.subflow(tuple));
    }

    @Override
    public List<ConnectionInfo> connections() {
        return answer(figures::connections);
    }

    @Override
    public List<SubflowInfo> subflows() {
        return answer(figures::subflows);
    }

    @Override
    public Series sample(Duration interval, Consumer<Sample> listener) {
        return sampling.start(interval, listener);
    }

    @Override
    public void close() {
        sampling.close();
        requester.close();
    }
}
