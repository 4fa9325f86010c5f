package org.smapp.linux.jnr;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.smapp.linux.Errno;
import org.smapp.linux.LinuxException;
import org.smapp.linux.NetworkNamespace;

/**
 * Runs code inside a network namespace. setns(2) moves one thread only, and a thread that has moved is good for nothing
 * else: each call takes a fresh one.
 *
 * <p>Thread-safe.
 */
final class Namespaces {

    private static final int O_RDONLY = 0;
    private static final int O_CLOEXEC = 0x80000;
    private static final int CLONE_NEWNET = 0x40000000;

    private static final Path OWN = Path.of("/proc/thread-self/ns/net");

    private Namespaces() {}

    /** Returns whether the calling thread is inside {@code namespace} already; false where that can't be told. */
    static boolean isHere(NetworkNamespace namespace) {
        try {
            return Files.isSameFile(OWN, namespace.file());
        } catch (IOException e) {
            return false; // entering it says what is wrong with it
        }
    }

    /** Opens something inside a namespace. */
    interface Opening<T> extends Callable<T> {
        @Override
        T call() throws LinuxException;
    }

    /** Opens something inside {@code namespace}, on this thread if it is there already. */
    static <T> T open(NetworkNamespace namespace, Opening<T> opening) throws LinuxException {
        if (isHere(namespace)) {
            return opening.call();
        }
        try {
            return Namespaces.call(namespace, opening);
        } catch (LinuxException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError("opening throws nothing else", e);
        }
    }

    /** Calls {@code work} on a fresh thread inside {@code namespace} and waits, through interrupts, until it is done. */
    static <T> T call(NetworkNamespace namespace, Callable<T> work) throws Exception {
        FutureTask<T> task = new FutureTask<>(() -> {
            enter(namespace);
            return work.call();
        });
        Thread thread = new Thread(task, "smapp-netns-" + namespace.file().getFileName());
        thread.setDaemon(true);
        thread.start();
        try {
            return resultOf(task, thread);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (Exception) e.getCause();
        }
    }

    private static <T> T resultOf(FutureTask<T> task, Thread thread) throws ExecutionException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                    thread.interrupt(); // the work decides whether it can stop
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void enter(NetworkNamespace namespace) throws LinuxException {
        if (isHere(namespace)) {
            return; // needs no capability
        }
        String operation = "enter network namespace " + namespace.file();
        int fd = Native.LIBC.open(namespace.file().toString(), O_RDONLY | O_CLOEXEC);
        if (fd < 0) {
            throw explain(operation, Native.errno());
        }
        try {
            if (Native.LIBC.setns(fd, CLONE_NEWNET) < 0) {
                throw explain(operation, Native.errno());
            }
        } finally {
            Native.LIBC.close(fd);
        }
    }

    private static LinuxException explain(String operation, int errno) {
        return switch (errno) {
            case Errno.ENOENT ->
                new LinuxException(
                        operation, errno, "there is no such file; make it with 'ip netns add', or give another path");
            case Errno.EINVAL ->
                new LinuxException(
                        operation,
                        errno,
                        "the file does not stand for a network namespace; give one of those in /run/netns");
            case Errno.EPERM ->
                new LinuxException(operation, errno, "that needs CAP_SYS_ADMIN; run as root, or inside the namespace");
            default -> Native.failed(operation, errno);
        };
    }
}
