package org.smapp.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The path managers that can be compared. A further one is one more entry in {@link #all}. */
final class PathManagers {

    static final String KERNEL = "kernel";
    static final String MINIMAL_C = "c";
    static final String SMAPP = "smapp";
    static final String MPTCPD = "mptcpd";

    /** What is measured when the user names nothing. */
    static final List<String> USUAL = List.of(KERNEL, MINIMAL_C, SMAPP);

    static final List<String> NAMES = List.of(KERNEL, MINIMAL_C, SMAPP, MPTCPD);

    private final TwoPathLab lab;
    /** runtime/, with bin/smapp in it. */
    private final Path runtime;
    /** Where the compiled C programs are. */
    private final Path programs;
    /** A directory that lives as long as the benchmark. */
    private final Path scratch;

    PathManagers(TwoPathLab lab, Path runtime, Path programs, Path scratch) {
        this.lab = lab;
        this.runtime = runtime;
        this.programs = programs;
        this.scratch = scratch;
    }

    PathManager named(String name) throws IOException {
        return switch (name) {
            case KERNEL -> new PathManager(KERNEL, "in the kernel", Optional.empty());
            case MINIMAL_C -> new PathManager(MINIMAL_C, "minimal C", Optional.of(minimalC()));
            case SMAPP -> new PathManager(SMAPP, "SMAPP full mesh", Optional.of(smapp()));
            case MPTCPD -> new PathManager(MPTCPD, "mptcpd", Optional.of(mptcpd()));
            default ->
                throw new IllegalArgumentException("There is no path manager \"" + name + "\"; choose among " + NAMES);
        };
    }

    private PathManager.Program minimalC() {
        List<String> command =
                List.of(lab.inClient(programs.resolve("minimal_pm").toString(), TwoPathLab.SECOND_ADDRESS, "1"));
        return new PathManager.Program(command, "ready"::equals, 5);
    }

    /** The whole product as it is shipped, data kept from round to round as it would be on a gateway. */
    private PathManager.Program smapp() throws IOException {
        Path command = runtime.resolve("bin/smapp");
        if (!Files.isExecutable(command)) {
            throw new IOException("There is no " + command + "; build SMAPP, or leave it out with --only kernel,c");
        }
        List<String> run = List.of(
                command.toString(),
                "run",
                "--netns",
                lab.clientNamespaceFile(),
                "--control",
                scratch.resolve("smapp.sock").toString(),
                "--data",
                scratch.resolve("smapp-data").toString(),
                "--http",
                Integer.toString(freePort()));
        return new PathManager.Program(run, line -> line.startsWith("SMAPP ready"), 60);
    }

    /** mptcpd with a plugin that does what {@link #minimalC} does. */
    private PathManager.Program mptcpd() {
        List<String> command = List.of(lab.inClient(
                "env",
                "SECOND_ADDRESS=" + TwoPathLab.SECOND_ADDRESS,
                "/usr/libexec/mptcpd",
                "--log=stderr",
                "--plugin-dir=" + programs.resolve("mptcpd-plugins"),
                "--path-manager=second_path"));
        return new PathManager.Program(command, line -> line.contains("second_path ready"), 5);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
