package org.smapp.testkit.lab;

import java.util.ArrayList;
import java.util.List;

/** Shapes what an interface sends with a queueing discipline of the kernel. */
enum KernelShaper {
    NETEM("netem", true) {
        @Override
        List<String> options(Shape shape) {
            List<String> options = new ArrayList<>();
            double wireBytes = shape.rateBitsPerSecond() / 8.0 * shape.delay().toNanos() / 1e9;
            options.addAll(List.of(
                    "limit", Long.toString(1000 + (long) ((wireBytes + shape.queueBytes()) / FRAME_BYTES))));
            options.addAll(List.of("delay", shape.delay().toNanos() / 1000 + "us"));
            if (shape.loss() > 0) {
                options.addAll(List.of("loss", shape.loss() * 100 + "%"));
            }
            if (shape.rateBitsPerSecond() > 0) {
                options.addAll(List.of("rate", shape.rateBitsPerSecond() + "bit"));
            }
            return options;
        }
    },
    TBF("tbf (no delay, no loss)", false) {
        @Override
        List<String> options(Shape shape) {
            // A burst of 10 ms: enough for the slowest timer tick (HZ=100).
            long burstBytes = Math.max(2 * FRAME_BYTES, shape.rateBitsPerSecond() / 8 / 100);
            return List.of(
                    "rate", shape.rateBitsPerSecond() + "bit",
                    "burst", Long.toString(burstBytes),
                    "limit", Long.toString(Math.max(shape.queueBytes(), burstBytes)));
        }
    };

    private static final int FRAME_BYTES = 1514;

    private final String description;
    private final boolean delaysAndLoses;

    KernelShaper(String description, boolean delaysAndLoses) {
        this.description = description;
        this.delaysAndLoses = delaysAndLoses;
    }

    /** Returns netem where the kernel has it, else tbf. */
    static KernelShaper find(Plug plug) {
        try {
            plug.host().run("tc", "qdisc", "replace", "dev", plug.device(), "root", "netem");
            return NETEM;
        } catch (LabException e) {
            return TBF; // "Specified qdisc kind is unknown"
        }
    }

    String description() {
        return description;
    }

    boolean delaysAndLoses() {
        return delaysAndLoses;
    }

    void apply(Plug plug, Shape shape) {
        List<String> command = new ArrayList<>(List.of("tc", "qdisc", "replace", "dev", plug.device(), "root"));
        if (this == TBF && shape.rateBitsPerSecond() == 0) {
            command.add("pfifo_fast");
        } else {
            command.add(this == NETEM ? "netem" : "tbf");
            command.addAll(options(shape));
        }
        plug.host().run(command.toArray(String[]::new));
    }

    abstract List<String> options(Shape shape);
}
