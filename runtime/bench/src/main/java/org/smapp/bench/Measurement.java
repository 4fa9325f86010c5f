package org.smapp.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** One path manager's turn in one round: start it, warm it up, measure it, stop it. For one thread. */
final class Measurement {

    /** The capture hands over what it has every half second; a join may also be late. */
    private static final Duration CAPTURE_LIMIT = Duration.ofSeconds(2);

    private final Children children;
    private final TwoPathLab lab;
    private final Traffic traffic;
    private final Path programs;

    /** @param programs where the compiled C programs are */
    Measurement(Children children, TwoPathLab lab, Traffic traffic, Path programs) {
        this.children = children;
        this.lab = lab;
        this.traffic = traffic;
        this.programs = programs;
    }

    JoinDelays.Result run(PathManager pathManager, int warmUp, int connections)
            throws IOException, InterruptedException {
        if (pathManager.program().isEmpty()) {
            lab.useKernelPathManager();
            return measure(warmUp, connections);
        }
        lab.useProgramAsPathManager();
        PathManager.Program program = pathManager.program().get();
        Children.Child running = children.startUntil(program.command(), program.ready(), program.startLimitS());
        try {
            return measure(warmUp, connections);
        } finally {
            running.close();
        }
    }

    private JoinDelays.Result measure(int warmUp, int connections) throws IOException, InterruptedException {
        int all = warmUp + connections;
        try (Capture capture = Capture.start(children, lab, programs)) {
            for (int i = 0; i < all; i++) {
                traffic.request();
            }
            capture.delays().await(all, CAPTURE_LIMIT);
            return capture.delays().result(warmUp, all);
        }
    }
}
