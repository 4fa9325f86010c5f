package org.smapp.bench;

import java.io.IOException;
import java.util.List;

/** Load beside what is measured: one endless loop per processor, each a process of its own at normal priority. */
final class BusyProcessors {

    private BusyProcessors() {}

    /** Starts them; they end with {@code children}. */
    static void start(Children children) throws IOException {
        for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
            children.start(List.of("sh", "-c", "while :; do :; done"));
        }
    }
}
