package org.smapp.scenarios;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Everything that a scenario has measured so far, in the order in which it was. For one thread. */
final class Samples {

    /** What the values of one metric come to. */
    record Summary(List<Double> values, Metric metric) {

        /** Returns the value in the middle. */
        double median() {
            return percentile(50);
        }

        /** Returns the value that the given share of all, in percent, is not larger than. */
        double percentile(double percent) {
            int rank = (int) Math.ceil(percent / 100 * values.size());
            return values.get(Math.max(1, rank) - 1);
        }

        double worst() {
            return values.get(metric.best() == Metric.Best.LEAST ? values.size() - 1 : 0);
        }

        /** Returns how many values are within the metric's bound. */
        long within() {
            return values.stream().filter(metric::isWithinBound).count();
        }
    }

    private final List<Sample> all = new ArrayList<>();

    void add(Sample sample) {
        all.add(sample);
    }

    List<Sample> all() {
        return Collections.unmodifiableList(all);
    }

    /** Returns the path managers that there are samples of, in the order in which they came. */
    List<String> pathManagers() {
        return all.stream().map(Sample::pathManager).distinct().toList();
    }

    /** Returns the situations that there are samples of a metric for, in the order in which they came. */
    List<String> situations(Metric metric) {
        return all.stream()
                .filter(each -> each.metric().equals(metric))
                .map(Sample::situation)
                .distinct()
                .toList();
    }

    /** Returns what a metric comes to, over all seeds; there may be no values. */
    Summary summary(Metric metric, String situation, String pathManager) {
        List<Double> values = all.stream()
                .filter(each -> each.metric().equals(metric)
                        && each.situation().equals(situation)
                        && each.pathManager().equals(pathManager))
                .map(Sample::value)
                .sorted()
                .toList();
        return new Summary(values, metric);
    }

    /** Writes one line for each sample; {@code never} for what did not come about. */
    void write(Path file) throws IOException {
        try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file))) {
            out.println("situation,path_manager,seed,metric,unit,value");
            for (Sample each : all) {
                Metric metric = each.metric();
                String value =
                        Double.isInfinite(each.value()) ? "never" : String.format(Locale.ROOT, "%.4f", each.value());
                out.println(String.join(
                        ",",
                        each.situation(),
                        each.pathManager(),
                        Long.toString(each.seed()),
                        metric.name(),
                        metric.unit(),
                        value));
            }
            if (out.checkError()) {
                throw new IOException("Can't write all of " + file + ": is the disk full?");
            }
        }
    }
}
