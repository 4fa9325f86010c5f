package org.smapp.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Captures the client's SYNs into {@link JoinDelays}, with the C program {@code capture_syns}. The kernel stamps the packets, in ns,
 * where they are handed to and come from the link.
 */
final class Capture implements AutoCloseable {

    private final Children.Child program;
    private final PcapStream packets;
    private final JoinDelays delays = new JoinDelays();

    private Capture(Children.Child program, PcapStream packets) {
        this.program = program;
        this.packets = packets;
    }

    /** Starts it; when this returns, the capture runs. */
    static Capture start(Children children, TwoPathLab lab, Path programs) throws IOException {
        List<String> command =
                List.of(lab.inClient(programs.resolve("capture_syns").toString()));
        Children.Child program = children.startForData(command);
        Capture capture = new Capture(program, PcapStream.open(program.output()));
        Thread reader = new Thread(capture::read, "capture");
        reader.setDaemon(true);
        reader.start();
        return capture;
    }

    private void read() {
        try {
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
