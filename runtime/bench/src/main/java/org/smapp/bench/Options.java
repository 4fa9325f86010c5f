package org.smapp.bench;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What the user asked for. Written while the command line is read, then safe for any thread. */
final class Options {

    private static final int MOST = 2_000_000;
    private static final String DEFAULT = " (default: ${DEFAULT-VALUE})";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--connections",
            paramLabel = "N",
            defaultValue = "1000",
            description = "connections that count, per path manager" + DEFAULT)
    int connections;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "10",
            description = "rounds that they are divided into" + DEFAULT)
    int rounds;

    @Option(
            names = "--warmup",
            paramLabel = "N",
            defaultValue = "20",
            description = "connections before each round that do not count" + DEFAULT)
    int warmUp;

    @Option(names = "--size", paramLabel = "KB", defaultValue = "512", description = "size of the file in kB" + DEFAULT)
    int sizeKb;

    @Option(
            names = "--rate",
            paramLabel = "MBIT",
            defaultValue = "200",
            description =
                    "what the server may send on each link, so that a connection lasts long enough for a second subflow; 0: no "
                            + "limit" + DEFAULT)
    int rateMbit;

    @Option(
            names = "--only",
            paramLabel = "NAME",
            split = ",",
            defaultValue = "kernel,c,smapp",
            description = "path managers: kernel, c (a minimal one in C), smapp, mptcpd" + DEFAULT)
    private Set<PathManager> only;

    @Option(names = "--with", paramLabel = "NAME", split = ",", description = "further ones beside those")
    private Set<PathManager> with = Set.of();

    @Option(names = "--stress", description = "keep every processor busy with another process")
    boolean stress;

    @Option(
            names = "--csv",
            paramLabel = "FILE",
            description = "write each delay to FILE: round,path_manager,connection,delay_ns")
    Path csv;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "show this text")
    private boolean help;

    /** Refuses numbers that make no sense. */
    void check() {
        refuseUnless(connections, 1, "--connections");
        refuseUnless(rounds, 1, "--rounds");
        refuseUnless(warmUp, 0, "--warmup");
        refuseUnless(sizeKb, 1, "--size");
        refuseUnless(rateMbit, 0, "--rate");
        if (rounds > connections) {
            throw new ParameterException(
                    spec.commandLine(), "There are more rounds than connections: give fewer with --rounds N");
        }
    }

    private void refuseUnless(int value, int least, String option) {
        if (value < least || value > MOST) {
            throw new ParameterException(
                    spec.commandLine(), option + " needs a whole number from " + least + " to " + MOST);
        }
    }

    /** Returns what is measured, in the order of the rows. */
    List<PathManager> pathManagers() {
        Set<PathManager> all = new LinkedHashSet<>(only);
        all.addAll(with);
        return List.copyOf(all);
    }

    /** Returns how many connections count in a round, the first being 0. */
    int connectionsIn(int round) {
        return connections / rounds + (round < connections % rounds ? 1 : 0);
    }
}
