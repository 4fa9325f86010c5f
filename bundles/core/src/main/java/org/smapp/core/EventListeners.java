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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smapp.core.pm.SpokenFamily;
import org.smapp.linux.Linux;
import org.smapp.linux.NetlinkSocket;
import org.smapp.linux.NetworkNamespace;
import org.smapp.netlink.NetlinkRequester;

/**
 * Finds the processes that listen to the path manager's events in a network namespace, this one left out. Reads
 * /proc/net/netlink, whose columns are sk, Eth (the protocol), Pid, Groups (hexadecimal), Rmem, Wmem, Dump, Locks, Drops,
 * Inode.
 *
 * <p>For one thread.
 */
final class EventListeners {

    private static final Logger LOG = LoggerFactory.getLogger(EventListeners.class);
    /** SMAPP's own tool, which is a Java program like any other. */
    static final String TOOL = "pm_nl_ctl";

    private static final String TOOL_JAR = "pm-nl-ctl.jar";

    private static final int PROTOCOL = 1;
    private static final int GROUPS = 3;
    private static final int INODE = 9;

    /** A process that listens. */
    record Listener(String program, String pid) {
        @Override
        public String toString() {
            return program + " (pid " + pid + ")";
        }
    }

    private final Linux linux;
    private final NetworkNamespace namespace;
    private final int group;

    EventListeners(Linux linux, NetworkNamespace namespace) throws IOException {
        this.linux = linux;
        this.namespace = namespace;
        try (NetlinkRequester requester = NetlinkRequester.open(linux, namespace, NetlinkSocket.GENERIC)) {
            group = SpokenFamily.of(requester).eventGroup();
        }
    }

    List<Listener> find() throws IOException {
        List<Listener> found = new ArrayList<>();
        Set<String> inodes = listening();
        if (inodes.size() > 1) { // one of them is this process's
            find(inodes, found);
        }
        return found;
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

    private static void find(Set<String> inodes, List<Listener> into) throws IOException {
        String self = Long.toString(ProcessHandle.current().pid());
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                String pid = process.getFileName().toString();
                if (!pid.equals(self) && hasOneOf(process, inodes)) {
                    into.add(new Listener(program(process), pid));
                }
            }
        }
    }

    private static String program(Path process) throws IOException {
        boolean isTool = Files.readString(process.resolve("cmdline")).contains(TOOL_JAR);
        return isTool ? TOOL : Files.readString(process.resolve("comm")).strip();
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
