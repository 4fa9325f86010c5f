package org.smapp.scenarios;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.smapp.testkit.lab.LabException;
import org.smapp.testkit.lab.LabRequirements;
import org.smapp.testkit.lab.Link;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures what users get, in the lab; see {@code itests/scenarios}. */
@Command(
        name = "itests/scenarios",
        mixinStandardHelpOptions = true,
        usageHelpWidth = 120,
        sortOptions = false,
        description = {
            "Measures what users get of SMAPP in the situations that it is made for, beside the in-kernel path manager: builds a lab of"
                    + " network namespaces and emulated lines, runs real connections in it, and writes samples (CSV), tables (Markdown) and"
                    + " plots (PNG).",
            ""
        },
        footer = {
            "",
            "Scenarios:",
            "  s1  long-lived connections: the mesh becomes whole again (full mesh)",
            "  s2  smarter backup: a metered line is used when the first one fails, and only then (backup)",
            "  s3  smarter streaming: blocks arrive in time over a line that loses packets (streaming)",
            "  s4  flow-based load balancing: one transfer uses all paths (flowlb, beside ndiffports)",
            "",
            "Status 0: measured; 1: could not measure; 2: wrong arguments; 3: measured, and SMAPP missed a bound."
        })
public final class Scenarios implements Callable<Integer> {

    static final int MISSED = 3;
    private static final List<Scenario> ALL =
            List.of(new MeshScenario(), new BackupScenario(), new StreamingScenario(), new BalancingScenario());

    @Parameters(paramLabel = "SCENARIO", description = "Which to measure, such as s1; all unless some are named.")
    private List<String> names = List.of();

    @Option(
            names = "--seeds",
            paramLabel = "N",
            description = "How many runs of each (default: as many as each was made for).")
    private int seeds;

    @Option(
            names = "--first-seed",
            paramLabel = "N",
            description = "The seed of the first run (default: ${DEFAULT-VALUE}).")
    private long firstSeed = 1;

    @Option(
            names = "--parallel",
            paramLabel = "N",
            description = "How many seeds at a time, each in a lab of its own; a processor for each, at least"
                    + " (default: ${DEFAULT-VALUE}).")
    private int parallel = 1;

    @Option(
            names = "--quick",
            description = "Shows that it works rather than how well: one seed and the short form, in half a minute.")
    private boolean quick;

    @Option(
            names = "--only",
            paramLabel = "NAME",
            description = "Only path managers whose names begin so, such as smapp or kernel.")
    private String only = "";

    @Option(names = "--results", paramLabel = "DIR", description = "Where the files go (default: ${DEFAULT-VALUE}).")
    private Path results = Path.of("scenario-results");

    @Option(
            names = "--prefix",
            paramLabel = "NAME",
            description = "Beginning of the namespaces' names (default: ${DEFAULT-VALUE}).")
    private String prefix = "scenarios";

    @Option(names = "--smapp", hidden = true, required = true)
    private Path smapp;

    @Spec
    private CommandSpec spec;

    private final PrintStream out = System.out;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Scenarios()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        List<Scenario> chosen = chosen();
        List<String> missing = LabRequirements.missingForTraffic(Link.Kind.TAP);
        if (!missing.isEmpty()) {
            missing.forEach(sentence -> System.err.println("scenarios: " + sentence));
            return 1;
        }
        List<String> missed = new ArrayList<>();
        try {
            for (Scenario each : chosen) {
                missed.addAll(measure(each));
            }
        } catch (LabException e) {
            System.err.println("scenarios: " + e.getMessage());
            return 1;
        }
        missed.forEach(sentence -> out.println("MISSED  " + sentence));
        return missed.isEmpty() ? 0 : MISSED;
    }

    private List<Scenario> chosen() {
        List<String> known = ALL.stream().map(Scenario::name).toList();
        for (String name : names) {
            if (!known.contains(name)) {
                throw new ParameterException(
                        spec.commandLine(),
                        "There is no scenario '" + name + "': choose among " + String.join(", ", known) + ".");
            }
        }
        return ALL.stream()
                .filter(each -> names.isEmpty() || names.contains(each.name()))
                .toList();
    }

    /** Returns what SMAPP missed. */
    private List<String> measure(Scenario scenario) throws IOException {
        double loadBefore = load();
        Samples samples = measureSeeds(scenario);
        Report report = new Report(scenario, samples);
        report.write(results, circumstances(loadBefore));
        report.tables().forEach(table -> {
            out.println();
            table.forEach(out::println);
        });
        out.printf("%nWritten to %s%n", results.toAbsolutePath());
        return report.missedBounds();
    }

    private Samples measureSeeds(Scenario scenario) {
        int runs = seeds > 0 ? seeds : quick ? 1 : scenario.seeds();
        Samples samples = new Samples();
        ExecutorService labs = Executors.newFixedThreadPool(parallel);
        try {
            LongStream.range(firstSeed, firstSeed + runs)
                    .mapToObj(seed -> CompletableFuture.supplyAsync(() -> measureSeed(scenario, seed), labs))
                    .toList()
                    .forEach(each -> samples.addAll(each.join()));
        } catch (CompletionException e) {
            throw new LabException(e.getCause().getMessage(), e.getCause());
        } finally {
            labs.shutdownNow();
        }
        return samples;
    }

    private Samples measureSeed(Scenario scenario, long seed) {
        Samples samples = new Samples();
        for (PathManager each : scenario.pathManagers(smapp)) {
            if (each.name().startsWith(only)) {
                scenario.measure(new Run(scenario.name(), each, seed, quick, prefix + "-" + seed, samples, out));
            }
        }
        return samples;
    }

    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    private String circumstances(double loadBefore) {
        return String.format(
                Locale.ROOT,
                "Measured on %d processors with Linux %s and Java %s, %d seed(s) at a time; load average %.1f before and %.1f after.",
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.version"),
                System.getProperty("java.version"),
                parallel,
                loadBefore,
                load());
    }
}
