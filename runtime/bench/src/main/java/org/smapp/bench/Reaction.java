package org.smapp.bench;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.smapp.testkit.lab.LabException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code runtime/bench/reaction}: compares path managers by the delay from MP_CAPABLE to MP_JOIN. */
@Command(
        name = "reaction",
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = {
            "Measures how long each path manager takes from the SYN that opens a connection (MP_CAPABLE) to the SYN that joins its "
                    + "second subflow (MP_JOIN), by the time stamps of the packets, and prints a table. Makes two network namespaces "
                    + "with two links between them; fetches a file by HTTP, one connection after the other, with curl from lighttpd, "
                    + "both made to use MPTCP by mptcpize. The path managers take turns in rounds, in rotated order; each is started "
                    + "afresh for each round and makes the warm-up connections, which do not count, before it is measured.",
            ""
        },
        footer = {
            "",
            "On a machine that does other work too, give all of it precedence: nice -n -15 reaction ... (Real-time priority is no "
                    + "good for that: a Java machine at SCHED_FIFO can hold all processors.) taskset binds it to certain processors.",
            "",
            "Needs root, or a kernel that lets users make user namespaces. Exit status: 0 measured, 1 could not measure, 2 wrong "
                    + "arguments."
        })
public final class Reaction implements Callable<Integer> {

    /** The capture hands over what it has every half second; a join may also be late. */
    private static final Duration CAPTURE_LIMIT = Duration.ofSeconds(2);

    private static final int COULD_NOT_MEASURE = 1;
    private static final int MOST = 2_000_000;
    private static final String DEFAULT = " (default: ${DEFAULT-VALUE})";

    /** The process is going down, so that its programs failing is no news. */
    private static volatile boolean ending;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--connections",
            paramLabel = "N",
            defaultValue = "1000",
            description = "connections that count, per path manager" + DEFAULT)
    private int connections;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "10",
            description = "rounds that they are divided into" + DEFAULT)
    private int rounds;

    @Option(
            names = "--warmup",
            paramLabel = "N",
            defaultValue = "20",
            description = "connections before each round that do not count" + DEFAULT)
    private int warmUp;

    @Option(names = "--size", paramLabel = "KB", defaultValue = "512", description = "size of the file in kB" + DEFAULT)
    private int sizeKb;

    @Option(
            names = "--rate",
            paramLabel = "MBIT",
            defaultValue = "200",
            description =
                    "what the server may send on each link, so that a connection lasts long enough for a second subflow; 0: no "
                            + "limit" + DEFAULT)
    private int rateMbit;

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
    private boolean stress;

    @Option(
            names = "--csv",
            paramLabel = "FILE",
            description = "write each delay to FILE: round,path_manager,connection,delay_ns")
    private Path csv;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "show this text")
    private boolean help;

    /** Where the compiled C programs and the distribution are. */
    private final PathManager.Place place;

    private final PrintStream out = new PrintStream(
            new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8); // whatever the locale

    Reaction(PathManager.Place place) {
        this.place = place;
    }

    /**
     * Measures and ends the process.
     *
     * @param arguments those of the user; the system properties {@code bench.home} and {@code bench.programs} name the folder of the
     *     distribution and the one with the compiled C programs
     */
    public static void main(String[] arguments) {
        Path home = Path.of(System.getProperty("bench.home"));
        Path programs = Path.of(System.getProperty("bench.programs"));
        System.exit(
                commandLine(new Reaction(new PathManager.Place(home, programs))).execute(arguments));
    }

    static CommandLine commandLine(Reaction reaction) {
        return new CommandLine(reaction).setCaseInsensitiveEnumValuesAllowed(true);
    }

    @Override
    public Integer call() throws Exception {
        check();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> ending = true, "ending"));
        try (TwoPathLab lab = TwoPathLab.open(rateMbit);
                Csv file = new Csv(csv)) {
            run(lab, file);
            return 0;
        } catch (IOException | LabException | IllegalStateException e) {
            if (!ending) {
                System.err.println("reaction: " + e.getMessage());
            }
            return COULD_NOT_MEASURE;
        }
    }

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

    private void run(TwoPathLab lab, Csv file) throws Exception {
        Traffic traffic = Traffic.start(lab, sizeKb);
        if (stress) {
            lab.keepProcessorsBusy();
        }
        Map<PathManager, Samples> samples = new LinkedHashMap<>();
        pathManagers().forEach(each -> samples.put(each, new Samples()));
        for (int round = 0; round < rounds; round++) {
            List<PathManager> order = new ArrayList<>(pathManagers());
            Collections.rotate(order, -round);
            for (PathManager pathManager : order) {
                long start = System.nanoTime();
                JoinDelays.Result result = measure(lab, traffic, pathManager, connectionsIn(round));
                samples.get(pathManager).add(result);
                file.add(round, pathManager, result);
                progress(round, pathManager, result, System.nanoTime() - start);
            }
        }
        out.print(heading());
        out.print(ResultTable.of(samples));
    }

    /** One path manager's turn in one round: starts it, warms it up, measures it, stops it. */
    private JoinDelays.Result measure(TwoPathLab lab, Traffic traffic, PathManager pathManager, int counting)
            throws Exception {
        Runnable end = pathManager.start(lab, place);
        try (Capture capture = Capture.start(lab, place.programs())) {
            int all = warmUp + counting;
            for (int i = 0; i < all; i++) {
                traffic.request();
            }
            capture.delays().await(all, CAPTURE_LIMIT);
            return capture.delays().result(warmUp, all);
        } finally {
            end.run();
        }
    }

    private void progress(int round, PathManager pathManager, JoinDelays.Result result, long nanos) {
        Samples of = new Samples();
        of.add(result);
        System.err.printf(
                Locale.ROOT,
                "round %d of %d  %-16s %4d connections in %5.1f s, p50 %s us%n",
                round + 1,
                rounds,
                pathManager.title,
                of.connections(),
                nanos / 1e9,
                ResultTable.number("%.1f", of.micros(50)));
    }

    private String heading() {
        return String.format(
                Locale.ROOT,
                "%nFrom the SYN with MP_CAPABLE to the SYN with MP_JOIN, in µs%n"
                        + "%d rounds, %d warm-up connections before each; %d kB per connection, server links %s%n"
                        + "%d processors, %s, Linux %s%n%n",
                rounds,
                warmUp,
                sizeKb,
                rateMbit == 0 ? "without limit" : "of " + rateMbit + " Mbit/s",
                Runtime.getRuntime().availableProcessors(),
                stress ? "all kept busy" : "no other load made",
                System.getProperty("os.version"));
    }
}
