package org.smapp.scenarios;

import java.io.PrintStream;
import java.util.Random;
import org.smapp.testkit.lab.Lab;

/**
 * One path manager in one scenario, with one seed.
 *
 * @param scenario the scenario's name
 * @param pathManager who is in charge
 * @param seed what all chance is made from
 * @param quick whether the short form is wanted, which shows that it works rather than how well
 * @param prefix the beginning of the names of the network namespaces
 * @param samples where the results go
 * @param out where progress is told
 */
record Run(
        String scenario,
        PathManager pathManager,
        long seed,
        boolean quick,
        String prefix,
        Samples samples,
        PrintStream out) {

    /** Opens the lab. */
    Lab lab() {
        return Lab.open(prefix, seed);
    }

    /** Returns a source of chance of its own for {@code purpose}, the same for all path managers. */
    Random random(String purpose) {
        return new Random(seed * 31 + purpose.hashCode());
    }

    /** Keeps and tells a result. */
    void measured(String situation, Metric metric, double value) {
        samples.add(new Sample(situation, pathManager.name(), seed, 0, metric, value));
        tell(situation, metric.name() + ": " + metric.textWithUnit(value));
    }

    /** Keeps one value of a series. */
    void measured(String situation, double at, Metric metric, double value) {
        samples.add(new Sample(situation, pathManager.name(), seed, at, metric, value));
    }

    /** Tells how far it is. */
    void tell(String situation, String what) {
        out.printf("%s  seed %-3d %-17s %-32s %s%n", scenario, seed, pathManager.name(), situation, what);
    }
}
