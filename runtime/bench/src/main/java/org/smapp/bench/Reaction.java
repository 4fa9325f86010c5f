package org.smapp.bench;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The command {@code runtime/bench/reaction}: compares path managers by the delay from MP_CAPABLE to MP_JOIN. */
public final class Reaction {

    private static final int COULD_NOT_MEASURE = 1;
    private static final int WRONG_ARGUMENTS = 2;

    /** The process is going down, so that its programs failing is no news. */
    private static volatile boolean ending;

    private final Options options;
    private final Path runtime;
    private final Path programs;
    private final PrintStream out;

    private Reaction(Options options, Path runtime, Path programs, PrintStream out) {
        this.options = options;
        this.runtime = runtime;
        this.programs = programs;
        this.out = out;
    }

    /**
     * Measures and ends the process.
     *
     * @param arguments those of the user; the system properties {@code bench.runtime} and {@code bench.programs} name the folder
     *     {@code runtime} and the one with the compiled C programs
     */
    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        try {
            Options options = Options.parse(arguments);
            if (options.help()) {
                out.print(Options.HELP);
                return;
            }
            Path runtime = Path.of(System.getProperty("bench.runtime"));
            Path programs = Path.of(System.getProperty("bench.programs"));
            new Reaction(options, runtime, programs, out).run();
        } catch (IllegalArgumentException e) {
            fail(e, WRONG_ARGUMENTS);
        } catch (InterruptedException e) {
            System.exit(COULD_NOT_MEASURE);
        } catch (IOException | IllegalStateException e) {
            fail(e, COULD_NOT_MEASURE);
        }
    }

    private static void fail(Exception e, int status) {
        if (!ending) {
            System.err.println("reaction: " + e.getMessage());
        }
        System.exit(status);
    }

    private void run() throws IOException, InterruptedException {
        Scratch scratch = Scratch.create();
        Children children = new Children();
        TwoPathLab lab = new TwoPathLab(children);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> cleanUp(children, lab, scratch), "clean-up"));

        PathManagers known = new PathManagers(lab, runtime, programs, scratch.path());
        Map<PathManager, Samples> samples = new LinkedHashMap<>();
        for (String name : options.pathManagers()) {
            samples.put(known.named(name), new Samples());
        }
        lab.open(options.rateMbit());
        Traffic traffic = new Traffic(children, lab, options.sizeKb());
        traffic.serve(scratch.path());
        if (options.stress()) {
            BusyProcessors.start(children);
        }
        try (Csv csv = Csv.to(options.csv())) {
            measure(samples, new Measurement(children, lab, traffic, programs), csv);
        }
        out.print(heading());
        out.print(ResultTable.of(samples));
    }

    private void measure(Map<PathManager, Samples> samples, Measurement measurement, Csv csv)
            throws IOException, InterruptedException {
        for (int round = 0; round < options.rounds(); round++) {
            List<PathManager> order = new ArrayList<>(samples.keySet());
            Collections.rotate(order, -round);
            for (PathManager pathManager : order) {
                long start = System.nanoTime();
                JoinDelays.Result result = measurement.run(pathManager, options.warmUp(), options.connectionsIn(round));
                samples.get(pathManager).add(result);
                csv.add(round, pathManager, result);
                progress(round, pathManager, result, System.nanoTime() - start);
            }
        }
    }

    private void progress(int round, PathManager pathManager, JoinDelays.Result result, long nanos) {
        Samples of = new Samples();
        of.add(result);
        System.err.printf(
                Locale.ROOT,
                "round %d of %d  %-16s %4d connections in %5.1f s, p50 %s us%n",
                round + 1,
                options.rounds(),
                pathManager.title(),
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
                options.rounds(),
                options.warmUp(),
                options.sizeKb(),
                options.rateMbit() == 0 ? "without limit" : "of " + options.rateMbit() + " Mbit/s",
                Runtime.getRuntime().availableProcessors(),
                options.stress() ? "all kept busy" : "no other load made",
                System.getProperty("os.version"));
    }

    private static void cleanUp(Children children, TwoPathLab lab, Scratch scratch) {
        ending = true;
        children.close();
        lab.close();
        scratch.close();
    }
}
