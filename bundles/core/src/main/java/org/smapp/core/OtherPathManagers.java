package org.smapp.core;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smapp.linux.Linux;
import org.smapp.linux.NetlinkSocket;
import org.smapp.linux.NetworkNamespace;
import org.smapp.netlink.GenericNetlink;
import org.smapp.netlink.NetlinkRequester;

/**
 * Looks for other processes that listen to the path manager's events in the same namespace: two path managers undo each
 * other's work. Reads /proc/net/netlink, whose columns are sk, Eth (the protocol), Pid, Groups (hexadecimal), Rmem, Wmem,
 * Dump, Locks, Drops, Inode.
 *
 * <p>{@link #run} is for one thread; the rest is for any.
 */
final class OtherPathManagers implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(OtherPathManagers.class);
    private static final long EVERY_SECONDS = 30;
    private static final int PROTOCOL = 1;
    private static final int GROUPS = 3;
    private static final int INODE = 9;

    /** These only show what happens. */
    private static final Set<String> ONLOOKERS = Set.of("ip", "pm_nl_ctl");

    private final Linux linux;
    private final NetworkNamespace namespace;
    private final int group;
    private final Set<String> told = new HashSet<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile List<String> found = List.of();

    OtherPathManagers(Linux linux, NetworkNamespace namespace) throws IOException {
        this.linux = linux;
        this.namespace = namespace;
        try (NetlinkRequester requester = NetlinkRequester.open(linux, namespace, NetlinkSocket.GENERIC)) {
            group = GenericNetlink.resolve(requester, "mptcp_pm").group("mptcp_pm_events");
        }
    }

    /** Looks now and then until {@link #stop}. */
    @Override
    public void run() {
        try {
            do {
                found = look();
            } while (!stopped.await(EVERY_SECONDS, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void stop() {
        stopped.countDown();
    }

    /** Returns the processes that listened too when it was last looked, such as {@code mptcpd (pid 612)}. */
    List<String> found() {
        return found;
    }

    private List<String> look() {
        List<String> others = new ArrayList<>();
        try {
            Set<String> inodes = listening();
            if (inodes.size() > 1) { // one of them is this process's
                find(inodes, others);
            }
        } catch (IOException e) {
            LOG.debug("Can't look for other path managers", e);
        }
        for (String each : others) {
            if (told.add(each) && !ONLOOKERS.contains(each.substring(0, each.indexOf(' ')))) {
                LOG.warn(
                        "{} listens to the path manager's events in this namespace too. If it manages paths, the two"
                                + " undo each other's work: stop one of them.",
                        each);
            }
        }
        return List.copyOf(others);
    }

    private Set<String> listening() throws IOException {
        List<String> lines;
        try {
            lines = linux.inside(namespace, () -> Files.readAllLines(Path.of("/proc/thread-self/net/netlink")));
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
        Set<String> inodes = new HashSet<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] fields = line.trim().split("\\s+");
            boolean generic = fields[PROTOCOL].equals(Integer.toString(NetlinkSocket.GENERIC));
            if (generic && (Long.parseLong(fields[GROUPS], 16) >> (group - 1) & 1) == 1) {
                inodes.add("socket:[" + fields[INODE] + "]");
            }
        }
        return inodes;
    }

    private static void find(Set<String> inodes, List<String> into) throws IOException {
        String self = Long.toString(ProcessHandle.current().pid());
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                String pid = process.getFileName().toString();
                if (!pid.equals(self) && hasOneOf(process, inodes)) {
                    into.add(Files.readString(process.resolve("comm")).strip() + " (pid " + pid + ")");
                }
            }
        }
    }

    private static boolean hasOneOf(Path process, Set<String> inodes) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path file : files) {
                if (inodes.contains(Files.readSymbolicLink(file).toString())) {
                    return true;
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            LOG.debug("Process {} ended or is not ours to look at", process, e);
        }
        return false;
    }
}
