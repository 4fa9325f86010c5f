package org.smapp.core.family.upstream;

import java.io.Closeable;
import java.util.List;
import java.util.concurrent.Callable;
import org.smapp.api.FourTuple;
import org.smapp.api.IpAddress;
import org.smapp.api.Side;
import org.smapp.linux.Linux;
import org.smapp.linux.MptcpListener;
import org.smapp.linux.NetworkNamespace;
import org.smapp.testkit.kernel.FakeKernel;
import org.smapp.testkit.kernel.FakeLink;
import org.smapp.testkit.kernel.KernelConnection;

/** The fake kernel of the testkit. */
final class KernelInMemory implements KernelUnderTest {

    private static final int CLIENT_PORT = 50_000;
    private static final byte[] HOST_BYTES = {10, 0, 1, 1};

    private final FakeKernel kernel = new FakeKernel();
    private int connections;

    KernelInMemory() {
        FakeLink interfaceOfAll = kernel.link("dummy0");
        for (String each : List.of("10.0.1.1", "10.0.2.1", "10.0.3.1")) {
            interfaceOfAll.add(IpAddress.parse(each), 32);
        }
    }

    @Override
    public Linux linux() {
        return kernel;
    }

    @Override
    public NetworkNamespace namespace() {
        return NetworkNamespace.current();
    }

    @Override
    public void userSpacePathManager(boolean selected) {
        kernel.userSpacePathManager(selected);
    }

    @Override
    public Closeable connect(int port, boolean data) throws Exception {
        MptcpListener listener = kernel.openMptcpListener(namespace(), HOST_BYTES, port);
        IpAddress host = IpAddress.parse(HOST);
        FourTuple ends = new FourTuple(host, CLIENT_PORT + connections++, host, port);
        KernelConnection connection = kernel.connect(Side.CLIENT, ends);
        if (data) {
            connection.establish();
        }
        return () -> {
            connection.close();
            listener.close();
        };
    }

    @Override
    public <T> T unprivileged(Callable<T> work) throws Exception {
        kernel.privileged(false);
        try {
            return work.call();
        } finally {
            kernel.privileged(true);
        }
    }

    @Override
    public boolean speaksLinux618() {
        return true;
    }

    @Override
    public void close() {}
}
