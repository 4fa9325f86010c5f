package org.smapp.testkit.kernel;

import org.smapp.api.TransportAddress;
import org.smapp.linux.MptcpListener;

/** A listening socket of the fake kernel: LISTENER_CREATED came when it was opened. */
final class FakeListener implements MptcpListener {

    private final FakeKernel kernel;
    private final TransportAddress at;

    FakeListener(FakeKernel kernel, TransportAddress at) {
        this.kernel = kernel;
        this.at = at;
    }

    @Override
    public int port() {
        return at.port();
    }

    @Override
    public void close() {
        synchronized (kernel.lock) {
            if (kernel.network().listeners().remove(at)) {
                kernel.emit(EventWriter.listener(EventWriter.LISTENER_CLOSED, at));
            }
        }
    }
}
