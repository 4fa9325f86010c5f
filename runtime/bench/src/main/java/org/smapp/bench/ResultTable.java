package org.smapp.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The result as text for a terminal. Stateless. */
final class ResultTable {

    private static final String ROW = "%-16s %11s %7s %8s %8s %8s %9s %9s  %s%n";

    private ResultTable() {}

    /** @param samples by path manager, in the order of the rows */
    static String of(Map<PathManager, Samples> samples) {
        double reference = samples.entrySet().stream()
                .filter(entry -> entry.getKey() == PathManager.C)
                .mapToDouble(entry -> entry.getValue().micros(50))
                .findFirst()
                .orElse(Double.NaN);
        StringBuilder text = new StringBuilder(
                row("path manager", "connections", "missing", "p50", "p90", "p99", "max", "p50 / C", "p50 by round"));
        List<String> remarks = new ArrayList<>();
        samples.forEach((pathManager, of) -> {
            double[] range = of.medianRange();
            text.append(row(
                    pathManager.title,
                    of.connections(),
                    of.missing(),
                    number("%.1f", of.micros(50)),
                    number("%.1f", of.micros(90)),
                    number("%.1f", of.micros(99)),
                    number("%.1f", of.micros(100)),
                    number("%.2f", of.micros(50) / reference),
                    number("%.0f", range[0]) + " to " + number("%.0f", range[1])));
            remarks.addAll(remarks(pathManager.title, of));
        });
        remarks.forEach(remark -> text.append(remark).append(System.lineSeparator()));
        return text.toString();
    }

    private static List<String> remarks(String title, Samples of) {
        List<String> remarks = new ArrayList<>();
        if (of.missing() > 0) {
            remarks.add(title + ": " + of.missing()
                    + " connections got no second subflow; they are not in the percentiles.");
        }
        if (of.unanswered() > 0) {
            remarks.add(title + ": the server did not answer " + of.unanswered() + " joins.");
        }
        if (of.furtherJoins() > 0) {
            remarks.add(
                    title + ": " + of.furtherJoins() + " subflows beyond the one per connection; the first counts.");
        }
        return remarks;
    }

    private static String row(Object... cells) {
        return String.format(Locale.ROOT, ROW, cells);
    }

    /** Formats a number, or a dash for NaN. */
    static String number(String format, double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, format, value);
    }
}
