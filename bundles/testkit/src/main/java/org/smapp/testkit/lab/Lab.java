package org.smapp.testkit.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.smapp.linux.Linux;
import org.smapp.linux.LinuxException;
import org.smapp.linux.NativeLinux;
import org.smapp.linux.NetworkNamespace;
import org.smapp.testkit.lab.Link.End;

/**
 * Hosts, links between them and programs in them, all gone when the lab is closed, its process ends, or, after a crash, when the
 * next lab opens.
 *
 * <pre>{@code
 * try (Lab lab = Lab.open("example")) {
 *     Host left = lab.host("left");
 *     Host right = lab.host("right");
 *     Link link = lab.link(Link.Kind.TAP, "wan", left, "wan0", right, "wan0", Shape.of(10_000_000, Duration.ofMillis(20)));
 *     link.loss(0.3);
 * }
 * }</pre>
 *
 * <p>Labs with different prefixes live side by side. A lab has eight TAP links at most. Thread-safe.
 */
public final class Lab implements AutoCloseable {

    private static final Pattern PREFIX = Pattern.compile("[a-z][a-z0-9-]{0,30}");
    private static final Duration COMMAND_LIMIT = Duration.ofSeconds(30);

    private final String prefix;
    private final long seed;
    private final Linux linux = NativeLinux.load();
    private final LabState state;
    private final Path directory;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final Thread shutdownHook;
    private WireLoop loop;
    private int links;
    private boolean closed;

    private Lab(String prefix, long seed) {
        this.prefix = prefix;
        this.seed = seed;
        this.state = LabState.take(prefix);
        Leftovers.remove(state);
        Leftovers.removeOrphans();
        this.directory = makeDirectory();
        this.shutdownHook = new Thread(this::close, "lab-" + prefix + "-shutdown");
        Runtime.getRuntime().addShutdownHook(shutdownHook);
    }

    /** Opens a lab whose links lose frames by the seed 1. */
    public static Lab open(String prefix) {
        return open(prefix, 1);
    }

    /**
     * Opens a lab, and removes what the labs of dead processes have left.
     *
     * @param prefix the beginning of the names of its network namespaces: lower-case letters, digits and hyphens
     * @param seed decides which frames the links lose
     * @throws LabException if something is missing (see {@link LabRequirements}) or a lab with this prefix is up
     */
    public static Lab open(String prefix, long seed) {
        if (!PREFIX.matcher(prefix).matches()) {
            throw new LabException(
                    "A lab's prefix has up to 31 lower-case letters, digits and hyphens, not '" + prefix + "'");
        }
        List<String> missing = LabRequirements.missing(Link.Kind.VETH);
        if (!missing.isEmpty()) {
            throw new LabException(String.join("\n", missing));
        }
        return new Lab(prefix, seed);
    }

    private Path makeDirectory() {
        try {
            Path made = Files.createTempDirectory("smapp-lab-" + prefix + "-");
            state.note(Leftovers.DIRECTORY + made);
            return made;
        } catch (IOException e) {
            state.close();
            throw new LabException("Can't make a directory for the lab: " + e.getMessage(), e);
        }
    }

    /** Makes a host: a network namespace named PREFIX-NAME. */
    public synchronized Host host(String name) {
        NetworkNamespace namespace = NetworkNamespace.named(prefix + "-" + name);
        if (Files.exists(namespace.file())) {
            throw new LabException(namespace.file() + " exists already and isn't this lab's: choose another prefix");
        }
        state.note(Leftovers.NAMESPACE + namespace.file().getFileName());
        make(namespace);
        Host host = new Host(this, name, namespace);
        host.prepare();
        return host;
    }

    // Not "ip netns add", which wants to come back to a namespace that the root of a user namespace may not enter.
    private void make(NetworkNamespace namespace) {
        try {
            Files.createDirectories(namespace.file().getParent());
            Files.createFile(namespace.file());
        } catch (IOException e) {
            throw new LabException("Can't make " + namespace.file() + ": " + e.getMessage(), e);
        }
        LabProcess.run(directory, List.of("unshare", "--net=" + namespace.file(), "true"), COMMAND_LIMIT);
    }

    /**
     * Lays a cable between two hosts and switches both interfaces on; addresses are up to the caller.
     *
     * @param name the link's name, for messages
     * @param nearDevice the name of the interface in {@code near}, 15 bytes at most
     * @param shape of both directions; {@link Link.Kind#VETH} takes {@link Shape#UNLIMITED} only
     */
    public synchronized Link link(
            Link.Kind kind, String name, Host near, String nearDevice, Host far, String farDevice, Shape shape) {
        Map<End, Plug> plugs = new EnumMap<>(End.class);
        plugs.put(End.NEAR, new Plug(near, nearDevice));
        plugs.put(End.FAR, new Plug(far, farDevice));
        return keep(
                switch (kind) {
                    case TAP -> new TapLink(name, plugs, shape, seed + 2L * links++, linux, loop());
                    case VETH -> VethLink.plain(name, plugs, shape);
                    case SHAPED_VETH -> VethLink.shaped(name, plugs, shape);
                });
    }

    private WireLoop loop() {
        if (loop == null) {
            try {
                loop = keep(new WireLoop("lab-" + prefix + "-wires", linux.openPoller()));
            } catch (LinuxException e) {
                throw new LabException("Can't start the lab's links: " + e.getMessage(), e);
            }
        }
        return loop;
    }

    /** Starts a program outside of all hosts, such as a daemon that manages one of them. It ends with the lab at the latest. */
    public LabProcess start(Map<String, String> environment, String... command) {
        return keep(LabProcess.start(directory, List.of(command), environment));
    }

    /** Returns a directory of the lab's own for files that go with it. */
    public Path directory() {
        return directory;
    }

    /** Returns the doors to the kernel that the lab uses. */
    public Linux linux() {
        return linux;
    }

    /** Closes {@code resource} with the lab, before everything that was made earlier, and returns it. */
    public synchronized <T extends AutoCloseable> T keep(T resource) {
        open.push(resource);
        return resource;
    }

    /** Ends all programs and removes all links, hosts and files of the lab; again is allowed. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        forgetShutdownHook();
        try (state) {
            LabException failure = closeAll();
            Leftovers.remove(state);
            state.release();
            if (failure != null) {
                throw failure;
            }
        }
    }

    private void forgetShutdownHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(shutdownHook);
        } catch (IllegalStateException e) {
            // The process is ending, and this may be the hook: nothing to forget any more.
        }
    }

    private LabException closeAll() {
        LabException failure = null;
        for (AutoCloseable resource : open) {
            try {
                resource.close();
            } catch (Exception e) {
                failure = failure == null
                        ? new LabException("Can't close " + resource + ": " + e.getMessage(), e)
                        : failure;
            }
        }
        open.clear();
        return failure;
    }

    @Override
    public String toString() {
        return "lab " + prefix;
    }
}
