package org.smapp.scenarios;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.statistics.descriptive.Quantile;
import org.apache.commons.statistics.descriptive.Quantile.EstimationMethod;

/** Everything that a scenario has measured so far, in the order in which it was. For one thread. */
final class Samples {

    /** What the values of one metric come to; {@code values} are in ascending order, and there are some. */
    record Summary(List<Double> values, Metric metric) {

        /** Gives values that were measured, infinite ones too, rather than something between two of them. */
        private static final Quantile NEAREST_RANK = Quantile.withDefaults().with(EstimationMethod.HF1);

        /** Returns the value in the middle. */
        double median() {
            return percentile(50);
        }

        /** Returns the value that the given share of all, in percent, is not larger than. */
        double percentile(double percent) {
            double[] all = values.stream().mapToDouble(Double::doubleValue).toArray();
            return NEAREST_RANK.evaluate(all, percent / 100);
        }

        double worst() {
            return values.get(metric.best() == Metric.Best.LEAST ? values.size() - 1 : 0);
        }

        /** Returns how many values are within the metric's bound. */
        long within() {
            return values.stream().filter(metric::isWithinBound).count();
        }

        /** Returns whether as many values are within the bound as have to be. */
        boolean keepsBound() {
            return !metric.isBounded() || within() * 100 >= metric.percent() * values.size();
        }
    }

    private static final CSVFormat FORMAT = CSVFormat.DEFAULT
            .builder()
            .setHeader("situation", "path_manager", "seed", "metric", "unit", "at", "value")
            .setRecordSeparator('\n')
            .get();

    private final List<Sample> all = new ArrayList<>();

    void add(Sample sample) {
        all.add(sample);
    }

    void addAll(Samples others) {
        all.addAll(others.all);
    }

    List<Sample> all() {
        return Collections.unmodifiableList(all);
    }

    /** Returns the path managers that there are samples of, in the order in which they came. */
    List<String> pathManagers() {
        return all.stream().map(Sample::pathManager).distinct().toList();
    }

    /** Returns the situations that a metric was measured in, in the order in which they came. */
    List<String> situations(Metric metric) {
        return all.stream()
                .filter(each -> each.metric().name().equals(metric.name()))
                .map(Sample::situation)
                .distinct()
                .toList();
    }

    /** Returns what a metric comes to, over all seeds, if it was measured. */
    Optional<Summary> summary(Metric metric, String situation, String pathManager) {
        List<Sample> samples = series(metric, situation, pathManager);
        return samples.isEmpty()
                ? Optional.empty()
                : Optional.of(new Summary(
                        samples.stream().map(Sample::value).sorted().toList(),
                        samples.get(0).metric()));
    }

    /** Returns the samples of a metric in the order in which they came. */
    List<Sample> series(Metric metric, String situation, String pathManager) {
        return all.stream()
                .filter(each -> each.metric().name().equals(metric.name())
                        && each.situation().equals(situation)
                        && each.pathManager().equals(pathManager))
                .toList();
    }

    /** Writes one line for each sample; {@code never} for what did not come about. */
    void write(Path file) throws IOException {
        try (CSVPrinter out = FORMAT.print(Files.newBufferedWriter(file))) {
            for (Sample each : all) {
                Metric metric = each.metric();
                String value =
                        Double.isInfinite(each.value()) ? "never" : String.format(Locale.ROOT, "%.3f", each.value());
                out.printRecord(
                        each.situation(),
                        each.pathManager(),
                        each.seed(),
                        metric.name(),
                        metric.unit(),
                        Metric.text(each.at()),
                        value);
            }
        }
    }
}
