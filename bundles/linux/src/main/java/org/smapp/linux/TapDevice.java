package org.smapp.linux;

import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One end of an emulated wire: the kernel's Ethernet frames come out here, and those written here arrive at the interface.
 *
 * <p>Reading is for one thread and writing for one thread.
 */
@ProviderType
public interface TapDevice extends Pollable, AutoCloseable {

    /** {@link #read} found no frame. */
    int NOTHING = -1;

    /** Returns the interface's name. */
    String name();

    /**
     * Reads one frame into {@code buffer} from position 0; position and limit on return enclose it.
     *
     * @return its length in bytes, or {@link #NOTHING}
     */
    int read(ByteBuffer buffer) throws LinuxException;

    /**
     * Writes the frame between the buffer's position and its limit.
     *
     * @return whether the kernel took it: false while the interface is down or its queue is full
     */
    boolean write(ByteBuffer frame) throws LinuxException;

    /** Switches the interface's carrier (TUNSETCARRIER), as when somebody pulls the cable. */
    void carrier(boolean on) throws LinuxException;

    /** Closes the device, and with it the interface goes; again is allowed. */
    @Override
    void close();
}
