package org.smapp.scenarios;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;

/** Writes what was measured: {@code NAME.csv} with every sample, {@code NAME.svg} and {@code NAME.md} with tables of them. */
final class Report {

    private static final String OURS = "smapp";

    private final Scenario scenario;
    private final Samples samples;

    Report(Scenario scenario, Samples samples) {
        this.scenario = scenario;
        this.samples = samples;
    }

    /**
     * Writes all three files.
     *
     * @param circumstances what the machine was, for the reader of the tables
     */
    void write(Path folder, String circumstances) throws IOException {
        Files.createDirectories(folder);
        samples.write(folder.resolve(scenario.name() + ".csv"));
        VectorGraphicsEncoder.saveVectorGraphic(
                scenario.plot(samples), folder.resolve(scenario.name() + ".svg").toString(), VectorGraphicsFormat.SVG);
        Files.write(folder.resolve(scenario.name() + ".md"), markdown(circumstances));
    }

    private List<String> markdown(String circumstances) {
        List<String> lines = new ArrayList<>();
        lines.add("## " + scenario.name().toUpperCase(Locale.ROOT) + ". " + scenario.title());
        lines.add("");
        lines.add(scenario.description());
        lines.add("");
        lines.add("![" + scenario.title() + "](" + scenario.name() + ".svg)");
        for (Metric metric : scenario.metrics()) {
            lines.add("");
            lines.addAll(table(metric));
        }
        lines.add("");
        lines.add(circumstances + " Every sample: [" + scenario.name() + ".csv](" + scenario.name() + ".csv).");
        return lines;
    }

    /** Returns a table of one metric for a Markdown file. */
    List<String> table(Metric metric) {
        List<String> lines = new ArrayList<>();
        String bound = metric.isBounded() ? " (bound: " + metric.boundText() + ")" : "";
        lines.add("| " + metric.name() + ", " + metric.unit() + bound
                + " | path manager | runs | median | worst | within the bound |");
        lines.add("|---|---|---|---|---|---|");
        for (String situation : samples.situations(metric)) {
            for (String pathManager : samples.pathManagers()) {
                Samples.Summary summary = samples.summary(metric, situation, pathManager);
                if (!summary.values().isEmpty()) {
                    lines.add(row(situation, pathManager, summary));
                }
            }
        }
        return lines;
    }

    private static String row(String situation, String pathManager, Samples.Summary summary) {
        int runs = summary.values().size();
        String within = summary.metric().isBounded() ? summary.within() + " of " + runs : "";
        return String.join(
                " | ",
                "| " + situation,
                pathManager,
                Integer.toString(runs),
                Metric.text(summary.median()),
                Metric.text(summary.worst()),
                within + " |");
    }

    /** Returns one sentence for each bound that SMAPP missed. */
    List<String> missedBounds() {
        List<String> missed = new ArrayList<>();
        for (Sample each : samples.all()) {
            Metric metric = each.metric();
            if (each.pathManager().startsWith(OURS) && metric.isBounded() && !metric.isWithinBound(each.value())) {
                missed.add(scenario.name() + ", " + each.situation() + ", seed " + each.seed() + ": " + metric.name()
                        + " " + Metric.text(each.value()) + " " + metric.unit() + ", bound " + metric.boundText());
            }
        }
        return missed;
    }
}
