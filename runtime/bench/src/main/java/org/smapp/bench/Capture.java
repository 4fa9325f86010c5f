package org.smapp.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.smapp.testkit.lab.LabException;
import org.smapp.testkit.lab.LabProcess;

/**
 * Captures the client's SYNs into {@link JoinDelays}, with the C program {@code capture_syns}. The kernel stamps the packets, in ns,
 * where they are handed to and come from the link.
 */
final class Capture implements AutoCloseable {

    private final LabProcess program;
    private final JoinDelays delays = new JoinDelays();

    private Capture(LabProcess program) {
        this.program = program;
    }

    /** Starts it; when this returns, the capture runs. */
    static Capture start(TwoPathLab lab, Path programs) throws IOException {
        Path pipe = lab.lab().directory().resolve("capture.pcap");
        Files.deleteIfExists(pipe);
        lab.client().run("mkfifo", pipe.toString());
        String command = "exec " + programs.resolve("capture_syns") + " >" + pipe;
        Capture capture = new Capture(lab.client().start("sh", "-c", command));
        InputStream in = Files.newInputStream(pipe);
        try {
            PcapStream packets = PcapStream.open(in);
            Thread reader = new Thread(() -> capture.read(packets, in), "capture");
            reader.setDaemon(true);
            reader.start();
            return capture;
        } catch (IOException e) {
            in.close();
            throw new LabException(e.getMessage() + ": " + capture.program.errors(), e);
        }
    }

    private void read(PcapStream packets, InputStream in) {
        try (in) {
            packets.forEachSyn(delays::add);
        } catch (IOException e) {
            delays.fail(e);
        }
    }

    /** Returns what was seen so far; goes on to grow. */
    JoinDelays delays() {
        return delays;
    }

    @Override
    public void close() {
        program.close();
    }
}
