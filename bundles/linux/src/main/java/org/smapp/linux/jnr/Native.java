package org.smapp.linux.jnr;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import jnr.ffi.LibraryLoader;
import jnr.ffi.LibraryOption;
import jnr.ffi.Runtime;
import org.smapp.linux.LinuxException;

/** The loaded libc, its errno and native memory. Thread-safe; errno belongs to the calling thread. */
final class Native {

    /** Loaded once: generating the code behind {@link LibC} takes a fifth of a second. */
    static final LibC LIBC = LibraryLoader.loadLibrary(LibC.class, Map.<LibraryOption, Object>of(), "libc.so.6");

    private static final Runtime RUNTIME = Runtime.getSystemRuntime();

    private Native() {}

    /** Returns the errno of this thread's last native call. */
    static int errno() {
        return RUNTIME.getLastError();
    }

    /** Returns an exception for this thread's last native call, which failed. */
    static LinuxException failed(String operation) {
        return failed(operation, errno());
    }

    static LinuxException failed(String operation, int errno) {
        return new LinuxException(operation, errno, LIBC.strerror(errno));
    }

    /** Returns zeroed native memory in native byte order. */
    static ByteBuffer memory(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }

    /** Returns native memory that holds one int. */
    static ByteBuffer memoryOf(int value) {
        return memory(Integer.BYTES).putInt(0, value);
    }
}
