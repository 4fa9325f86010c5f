package org.smapp.scenarios;

import java.awt.Color;
import java.awt.Font;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.knowm.xchart.AnnotationLine;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.Styler;

/** Draws samples. */
final class Plots {

    private static final int WIDTH = 900;
    private static final int HEIGHT = 420;
    private static final int PERCENT_TICK_PIXELS = 60;
    private static final Color BOUND = new Color(0xc0392b);
    private static final Color[] PATH_MANAGERS = {
        new Color(0x7f8c8d), new Color(0x2980b9), new Color(0x27ae60), new Color(0xe67e22)
    };

    private Plots() {}

    /** Draws the worst value for each situation and path manager as a bar, and the bound as a line. */
    static Chart<?, ?> worst(String title, Metric metric, Samples samples, double neverAt) {
        CategoryChart chart = new CategoryChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .yAxisTitle(metric.unit())
                .build();
        List<String> situations = samples.situations(metric);
        for (String pathManager : samples.pathManagers()) {
            List<Double> worst = new ArrayList<>();
            for (String situation : situations) {
                worst.add(samples.summary(metric, situation, pathManager)
                        .map(summary -> Math.min(neverAt, summary.worst()))
                        .orElse(null));
            }
            chart.addSeries(pathManager, situations, worst);
        }
        chart.getStyler().setSeriesColors(PATH_MANAGERS);
        chart.getStyler().setAvailableSpaceFill(0.6).setXAxisLabelRotation(15);
        if (metric.isBounded()) {
            chart.addAnnotation(new AnnotationLine(metric.bound(), false, false));
            chart.getStyler().setAnnotationLineColor(BOUND);
        }
        plain(chart.getStyler());
        return chart;
    }

    /** Draws the median of a series for each path manager. */
    static Chart<?, ?> medians(String title, String xTitle, Metric metric, String situation, Samples samples) {
        XYChart chart = lines(title, xTitle, metric.title());
        for (String pathManager : samples.pathManagers()) {
            Map<Double, List<Double>> at = new TreeMap<>();
            samples.series(metric, situation, pathManager)
                    .forEach(each -> at.computeIfAbsent(each.at(), key -> new ArrayList<>())
                            .add(each.value()));
            if (!at.isEmpty()) {
                List<Double> medians = at.values().stream()
                        .map(values ->
                                new Samples.Summary(values.stream().sorted().toList(), metric).median())
                        .toList();
                chart.addSeries(pathManager, List.copyOf(at.keySet()), medians);
            }
        }
        return chart;
    }

    /** Draws which share of all values is not above a value, up to {@code most}, for each path manager. */
    static Chart<?, ?> distribution(String title, Metric metric, String situation, double most, Samples samples) {
        XYChart chart = lines(title, metric.title(), "share of all, %");
        for (String pathManager : samples.pathManagers()) {
            List<Double> within = new ArrayList<>();
            List<Double> percent = new ArrayList<>();
            samples.summary(metric, situation, pathManager).ifPresent(summary -> {
                for (double value : summary.values()) {
                    if (value <= most) {
                        within.add(value);
                        percent.add(100.0 * within.size() / summary.values().size());
                    }
                }
            });
            if (!within.isEmpty()) {
                chart.addSeries(pathManager, within, percent);
            }
        }
        chart.getStyler().setYAxisMin(0.0).setYAxisMax(100.0).setXAxisMax(most).setYAxisDecimalPattern("0");
        chart.getStyler().setYAxisTickMarkSpacingHint(PERCENT_TICK_PIXELS);
        return chart;
    }

    private static XYChart lines(String title, String xTitle, String yTitle) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle(xTitle)
                .yAxisTitle(yTitle)
                .build();
        chart.getStyler().setMarkerSize(0).setSeriesColors(PATH_MANAGERS);
        plain(chart.getStyler());
        chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideE);
        return chart;
    }

    private static void plain(Styler styler) {
        styler.setChartBackgroundColor(Color.WHITE);
        styler.setLegendPosition(Styler.LegendPosition.InsideNW);
        styler.setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 15));
    }
}
