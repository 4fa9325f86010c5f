package org.smapp.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.smapp.testkit.gateway.Smapp;
import org.smapp.testkit.lab.Deadline;
import org.smapp.testkit.lab.LabException;
import org.smapp.testkit.lab.LabProcess;

/** What decides about subflows in the client's namespace. The user calls it by its name in small letters. */
enum PathManager {
    KERNEL("in the kernel") {
        @Override
        Runnable start(TwoPathLab lab, Place place) {
            lab.useKernelPathManager();
            return () -> {};
        }
    },

    C("minimal C") {
        @Override
        Runnable start(TwoPathLab lab, Place place) {
            lab.useProgramAsPathManager();
            String program = place.programs().resolve("minimal_pm").toString();
            return whenItSays("ready", lab.client().start(program, TwoPathLab.SECOND_ADDRESS, "1"));
        }
    },

    /** The whole product as it is shipped, data kept from round to round as it would be on a gateway. */
    SMAPP("SMAPP full mesh") {
        @Override
        Runnable start(TwoPathLab lab, Place place) throws IOException {
            lab.useProgramAsPathManager();
            if (!Files.isExecutable(place.home().resolve("bin/smapp"))) {
                throw new LabException("There is no " + place.home()
                        + "/bin/smapp: build SMAPP, or leave it out with --only kernel,c");
            }
            Smapp smapp = new Smapp(lab.lab(), lab.client(), place.home()).deployShipped();
            smapp.start(Integer.toString(freePort()));
            return smapp::stop;
        }
    },

    /** With a plugin that does what the minimal one in C does. */
    MPTCPD("mptcpd") {
        @Override
        Runnable start(TwoPathLab lab, Place place) {
            lab.useProgramAsPathManager();
            LabProcess process = lab.client()
                    .start(
                            Map.of("SECOND_ADDRESS", TwoPathLab.SECOND_ADDRESS),
                            "/usr/libexec/mptcpd",
                            "--log=stderr",
                            "--plugin-dir=" + place.programs().resolve("mptcpd-plugins"),
                            "--path-manager=second_path");
            return whenItSays("second_path ready", process);
        }
    };

    /**
     * Where the programs are.
     *
     * @param home the folder of the built distribution
     * @param programs the compiled C programs
     */
    record Place(Path home, Path programs) {}

    private static final Duration START_LIMIT = Duration.ofSeconds(5);

    /** What the table calls it. */
    final String title;

    PathManager(String title) {
        this.title = title;
    }

    /** Puts it in charge of the client, and returns what ends it. */
    abstract Runnable start(TwoPathLab lab, Place place) throws IOException;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static Runnable whenItSays(String ready, LabProcess process) {
        Deadline.waitFor(process + " to be ready", START_LIMIT, () -> {
            if (!process.isRunning()) {
                throw new LabException(process + " has ended: " + process.errors());
            }
            return (process.output() + process.errors()).contains(ready);
        });
        return process::close;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
