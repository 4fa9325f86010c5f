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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.smapp.testkit.lab.LabException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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

    /** The process is going down, so that its programs failing is no news. */
    private static volatile boolean ending;

    @Mixin
    private final Options options = new Options();

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
        options.check();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> ending = true, "ending"));
        try (TwoPathLab lab = TwoPathLab.open(options.rateMbit);
                Csv file = new Csv(options.csv)) {
            run(lab, file);
            return 0;
        } catch (IOException | LabException | IllegalStateException e) {
            if (!ending) {
                System.err.println("reaction: " + e.getMessage());
            }
            return COULD_NOT_MEASURE;
        }
    }

    private void run(TwoPathLab lab, Csv file) throws Exception {
        Traffic traffic = Traffic.start(lab, options.sizeKb);
        if (options.stress) {
            lab.keepProcessorsBusy();
        }
        Map<PathManager, Samples> samples = new LinkedHashMap<>();
        options.pathManagers().forEach(each -> samples.put(each, new Samples()));
        for (int round = 0; round < options.rounds; round++) {
            List<PathManager> order = new ArrayList<>(options.pathManagers());
            Collections.rotate(order, -round);
            for (PathManager pathManager : order) {
                long start = System.nanoTime();
                JoinDelays.Result result = measure(lab, traffic, pathManager, options.connectionsIn(round));
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
            int all = options.warmUp + counting;
            for (int i = 0; i < all; i++) {
                traffic.request();
            }
            capture.delays().await(all, CAPTURE_LIMIT);
            return capture.delays().result(options.warmUp, all);
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
                options.rounds,
                pathManager.title,
                of.connections(),
                nanos / 1e9,
                ResultTable.number("%.1f", of.micros(50)));
    }

    private String heading() {
        return String.format(
                Locale.ROOT,
                "%nFrom the SYN with MP_CAPABLE to the SYN with MP_JOIN, in µs%n"
                        + "%d options.rounds, %d warm-up connections before each; %d kB per connection, server links %s%n"
                        + "%d processors, %s, Linux %s%n%n",
                options.rounds,
                options.warmUp,
                options.sizeKb,
                options.rateMbit == 0 ? "without limit" : "of " + options.rateMbit + " Mbit/s",
                Runtime.getRuntime().availableProcessors(),
                options.stress ? "all kept busy" : "no other load made",
                System.getProperty("os.version"));
    }
}
