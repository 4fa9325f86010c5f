package org.smapp.scenarios;

import java.nio.file.Path;
import java.util.List;
import org.knowm.xchart.internal.chartpart.Chart;

/** One thing that users want of several paths, what is promised for it, and how it is measured. */
interface Scenario {

    /** Returns the short name, such as {@code s1}, which is also that of its files. */
    String name();

    /** Returns one line. */
    String title();

    /** Returns some sentences in Markdown: the laboratory, the traffic, what is measured. */
    String description();

    /** Returns how many seeds it takes to say how well it goes. */
    int seeds();

    /** Returns the path managers to compare, those of the kernel first. */
    List<PathManager> pathManagers(Path smapp);

    /** Measures once: builds the lab, runs the path manager, takes everything down again. */
    void measure(Run run);

    /** Returns what is measured, in the order of the tables. */
    List<Metric> metrics();

    /** Draws what was measured. */
    Chart<?, ?> plot(Samples samples);
}
