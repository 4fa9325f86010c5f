package org.smapp.core.family.upstream;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import jnr.ffi.LibraryLoader;
import jnr.ffi.LibraryOption;
import org.smapp.linux.Linux;
import org.smapp.linux.NativeLinux;
import org.smapp.linux.NetworkNamespace;
import org.smapp.linux.TestNamespace;
import org.smapp.netlink.diag.MptcpPair;

/** The running kernel, in a network namespace of the test's own. */
final class RealKernel implements KernelUnderTest {

    private static final int HOST_BITS = 0x0a000101;
    private static final int CAPABILITIES_VERSION_3 = 0x20080522;
    private static final int CAP_NET_ADMIN = 12;

    private final Linux linux = NativeLinux.load();
    private final TestNamespace namespace = new TestNamespace();

    /** Public because jnr-ffi generates its implementation. */
    public interface LibC {
        int capget(ByteBuffer header, ByteBuffer sets);

        int capset(ByteBuffer header, ByteBuffer sets);
    }

    RealKernel() throws Exception {
        namespace.ip("link", "set", "lo", "up");
        for (String address : List.of("10.0.1.1", "10.0.2.1", "10.0.3.1")) {
            namespace.ip("address", "add", address + "/32", "dev", "lo");
        }
        userSpacePathManager(true);
    }

    @Override
    public Linux linux() {
        return linux;
    }

    @Override
    public NetworkNamespace namespace() {
        return namespace.file();
    }

    @Override
    public void userSpacePathManager(boolean selected) throws Exception {
        Path setting = Path.of("/proc/sys/net/mptcp/pm_type");
        linux.inside(namespace.file(), () -> Files.writeString(setting, selected ? "1" : "0"));
    }

    @Override
    public Closeable connect(int port, boolean data) throws Exception {
        MptcpPair pair = linux.inside(namespace.file(), () -> new MptcpPair(HOST_BITS, port));
        if (data) {
            pair.answer(100);
        }
        return pair::close;
    }

    @Override
    public <T> T unprivileged(Callable<T> work) throws Exception {
        FutureTask<T> task = new FutureTask<>(() -> {
            dropNetAdmin(); // of this thread alone, which ends with the work
            return work.call();
        });
        Thread thread = new Thread(task, "unprivileged");
        thread.start();
        return task.get();
    }

    /** Clears the capability in the effective set: struct __user_cap_data_struct {u32 effective, permitted, inheritable}[2]. */
    private static void dropNetAdmin() {
        LibC libc = LibraryLoader.loadLibrary(LibC.class, Map.<LibraryOption, Object>of(), "libc.so.6");
        ByteBuffer header = ByteBuffer.allocateDirect(8).order(ByteOrder.nativeOrder());
        header.putInt(0, CAPABILITIES_VERSION_3);
        ByteBuffer sets = ByteBuffer.allocateDirect(24).order(ByteOrder.nativeOrder());
        if (libc.capget(header, sets) != 0) {
            throw new IllegalStateException("capget failed");
        }
        sets.putInt(0, sets.getInt(0) & ~(1 << CAP_NET_ADMIN));
        if (libc.capset(header, sets) != 0) {
            throw new IllegalStateException("capset failed");
        }
    }

    @Override
    public boolean speaksLinux618() {
        return System.getProperty("os.version").startsWith("6.18.");
    }

    @Override
    public void close() throws IOException {
        namespace.close();
    }
}
