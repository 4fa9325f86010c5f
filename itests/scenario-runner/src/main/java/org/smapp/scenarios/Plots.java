package org.smapp.scenarios;

import java.awt.Color;
import java.awt.Font;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.AnnotationLine;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.Styler;

/** Draws samples. */
final class Plots {

    private static final int WIDTH = 900;
    private static final int HEIGHT = 420;
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
                double value = samples.summary(metric, situation, pathManager).worst();
                worst.add(Double.isInfinite(value) ? neverAt : value);
            }
            chart.addSeries(pathManager, situations, worst);
        }
        chart.getStyler().setSeriesColors(PATH_MANAGERS);
        chart.getStyler().setAvailableSpaceFill(0.6);
        if (metric.isBounded()) {
            chart.addAnnotation(new AnnotationLine(metric.bound(), false, false));
            chart.getStyler().setAnnotationLineColor(BOUND);
        }
        plain(chart.getStyler());
        return chart;
    }

    private static void plain(Styler styler) {
        styler.setChartBackgroundColor(Color.WHITE);
        styler.setLegendPosition(Styler.LegendPosition.InsideNW);
        styler.setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 15));
    }
}
