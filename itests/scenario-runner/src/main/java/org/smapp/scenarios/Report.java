package org.smapp.scenarios;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;

/** Writes what was measured: {@code NAME.csv} with every sample, {@code NAME.png} and {@code NAME.md} with tables of them. */
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
        BitmapEncoder.saveBitmap(
                scenario.plot(samples), folder.resolve(scenario.name() + ".png").toString(), BitmapFormat.PNG);
        Files.write(folder.resolve(scenario.name() + ".md"), markdown(circumstances));
    }

    private List<String> markdown(String circumstances) {
        List<String> lines = new ArrayList<>();
        lines.add("## " + scenario.name().toUpperCase(Locale.ROOT) + ". " + scenario.title());
        lines.add("");
        lines.add(scenario.description());
        lines.add("");
        lines.add("![" + scenario.title() + "](" + scenario.name() + ".png)");
        tables().forEach(table -> {
            lines.add("");
            lines.addAll(table);
        });
        lines.add("");
        lines.add(circumstances + " Every sample: [" + scenario.name() + ".csv](" + scenario.name() + ".csv).");
        return lines;
    }

    /** Returns a table for each metric that was measured. */
    List<List<String>> tables() {
        return scenario.metrics().stream()
                .filter(metric -> !samples.situations(metric).isEmpty())
                .map(this::table)
                .toList();
    }

    /** Returns a table of one metric for a Markdown file. */
    List<String> table(Metric metric) {
        List<String> lines = new ArrayList<>();
        lines.add("| " + metric.title() + " | path manager | values | median | p99 | worst | bound | within |");
        lines.add("|---|---|---|---|---|---|---|---|");
        rows(metric, (situation, pathManager, summary) -> lines.add(row(situation, pathManager, summary)));
        return lines;
    }

    private static String row(String situation, String pathManager, Samples.Summary summary) {
        int count = summary.values().size();
        Metric metric = summary.metric();
        String within = metric.isBounded() ? summary.within() + " of " + count : "";
        return String.join(
                " | ",
                "| " + situation,
                pathManager,
                Integer.toString(count),
                Metric.text(summary.median()),
                Metric.text(summary.percentile(metric.best() == Metric.Best.LEAST ? 99 : 1)),
                Metric.text(summary.worst()),
                metric.boundText(),
                within + " |");
    }

    /** Returns one sentence for each bound that SMAPP missed. */
    List<String> missedBounds() {
        List<String> missed = new ArrayList<>();
        for (Metric metric : scenario.metrics()) {
            rows(metric, (situation, pathManager, summary) -> {
                if (pathManager.startsWith(OURS) && !summary.keepsBound()) {
                    missed.add(scenario.name() + ", " + situation + ", " + pathManager + ": " + metric.name() + " "
                            + metric.textWithUnit(summary.worst()) + " at worst, bound "
                            + summary.metric().boundText());
                }
            });
        }
        return missed;
    }

    private void rows(Metric metric, Row row) {
        for (String situation : samples.situations(metric)) {
            for (String pathManager : samples.pathManagers()) {
                samples.summary(metric, situation, pathManager)
                        .ifPresent(summary -> row.take(situation, pathManager, summary));
            }
        }
    }

    /** Takes one row of a table. */
    @FunctionalInterface
    private interface Row {
        void take(String situation, String pathManager, Samples.Summary summary);
    }
}
