package org.smapp.linux.jnr;

import com.kenai.jffi.LastError;
import com.kenai.jffi.MemoryIO;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import jnr.ffi.LibraryLoader;
import jnr.ffi.LibraryOption;
import org.smapp.linux.LinuxException;

/** The loaded libc, its errno and native memory. Thread-safe; errno belongs to the calling thread. */
final class Native {

    /** The system property that makes tools start quickly: no code is generated, which takes a tenth of a second. */
    private static final String QUICK_START = "smapp.linux.quick-start";

    /** Loaded once. */
    static final LibC LIBC = Boolean.getBoolean(QUICK_START)
            ? new PlainLibC()
            : LibraryLoader.loadLibrary(LibC.class, Map.<LibraryOption, Object>of(), "libc.so.6");

    private Native() {}

    /** Returns the errno of this thread's last native call. */
    static int errno() {
        return LastError.getInstance().get(); // both ways to call keep it there
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

    /** Returns where a direct buffer begins. It stays there; whoever uses the address must hold on to the buffer. */
    static long addressOf(ByteBuffer buffer) {
        return MemoryIO.getInstance().getDirectBufferAddress(buffer);
    }

    /** Returns native memory that holds one int. */
    static ByteBuffer memoryOf(int value) {
        return memory(Integer.BYTES).putInt(0, value);
    }
}
