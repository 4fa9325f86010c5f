package org.smapp.linux;

import java.util.concurrent.Callable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The doors to the kernel. Each descriptor is opened inside the network namespace that is named and keeps belonging to
 * it, whichever thread uses it later.
 *
 * <p>Thread-safe.
 */
@ProviderType
public interface Linux {

    /**
     * Opens a netlink socket, bound to a port of its own, that never blocks. In the namespace of the calling thread that
     * needs no capability.
     *
     * @param namespace where the socket lives
     * @param protocol the netlink family, such as {@link NetlinkSocket#GENERIC}
     * @throws LinuxException if the namespace can't be entered or the socket can't be made
     */
    NetlinkSocket openNetlink(NetworkNamespace namespace, int protocol) throws LinuxException;

    /** Opens a poller. */
    Poller openPoller() throws LinuxException;

    /**
     * Creates a TAP device (layer 2, no packet information header) that lives as long as it is open.
     *
     * @param namespace where the interface appears
     * @param name the name of the interface, 15 bytes at most
     * @throws LinuxException if the namespace can't be entered, the name is taken or the caller lacks CAP_NET_ADMIN
     */
    TapDevice openTap(NetworkNamespace namespace, String name) throws LinuxException;

    /**
     * Listens for Multipath TCP connections and joins.
     *
     * @param namespace where the socket lives
     * @param address 4 bytes of an IPv4 address or 16 of an IPv6 address, in network byte order
     * @param port 0 to 65535; 0 for any
     * @throws LinuxException for example EADDRINUSE, EADDRNOTAVAIL, or EPROTONOSUPPORT without Multipath TCP
     */
    MptcpListener openMptcpListener(NetworkNamespace namespace, byte[] address, int port) throws LinuxException;

    /**
     * Calls {@code work} on a fresh thread that is inside {@code namespace}, and waits for it. What the namespace decides
     * (sockets opened, /proc/sys/net and /proc/thread-self/net, processes started) then belongs to it. So do threads that
     * {@code work} starts, for good: don't let it touch executors that others use.
     *
     * @throws LinuxException if the namespace can't be entered
     * @throws Exception whatever {@code work} throws
     */
    <T> T inside(NetworkNamespace namespace, Callable<T> work) throws Exception;

    /**
     * Asks the scheduler to let the calling thread run soon after it wakes up, ahead of other threads: a short time slice,
     * and the lowest nice value where the caller may have it (CAP_SYS_NICE). For threads that run seldom and briefly.
     *
     * @return whether it was granted in full; without it everything works, a little later on a busy machine
     */
    default boolean favourThisThread() {
        return false;
    }

    /** Returns the kernel's number of the calling thread, for {@link #holdBack}; 0 if it is not known. */
    default int thisThread() {
        return 0;
    }

    /**
     * Lets a thread of this process run after all others (nice 19): for one that is no longer needed but can't be ended.
     *
     * @param thread its {@link #thisThread}
     * @return whether it was granted
     */
    default boolean holdBack(int thread) {
        return false;
    }

    /**
     * Chooses whether a thread that wakes up may preempt the one that runs, as threads usually may, or has to wait until
     * that one pauses or has used its slice (SCHED_BATCH). Nice value and slice stay as they are; no capability is needed.
     *
     * @param thread its {@link #thisThread}
     * @return whether it was granted
     */
    default boolean preempts(int thread, boolean does) {
        return false;
    }

    /** Returns libc's text for an errno, such as {@code "Invalid argument"} for 22. */
    String describe(int errno);
}
