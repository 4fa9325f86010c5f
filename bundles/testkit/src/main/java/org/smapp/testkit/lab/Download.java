package org.smapp.testkit.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Debian's curl, unmodified, on MPTCP by {@code mptcpize run}, downloading a file.
 *
 * <p>Thread-safe.
 */
public final class Download {

    private final LabProcess process;
    private final Path target;

    private Download(LabProcess process, Path target) {
        this.process = process;
        this.target = target;
    }

    /**
     * Starts a download that ends with the lab.
     *
     * @param options more options for curl, such as {@code "--limit-rate", "1M"}
     */
    public static Download start(Lab lab, Host host, String url, String... options) {
        try {
            Path target = Files.createTempFile(lab.directory(), "download", ".bin");
            List<String> command = new ArrayList<>(List.of("mptcpize", "run", "curl", "-sS", "--fail"));
            command.addAll(List.of(options));
            command.addAll(List.of("-o", target.toString(), "-w", "%{time_total}", url));
            return new Download(host.start(command.toArray(String[]::new)), target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns how many bytes have been written to the file so far. */
    public long bytes() {
        try {
            return Files.size(target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns whether curl is still at it. */
    public boolean isRunning() {
        return process.isRunning();
    }

    /** Returns curl. */
    public LabProcess process() {
        return process;
    }

    /** What a download came to. */
    public record Result(long bytes, Duration time, String sha256) {

        /** Returns the goodput in Mbit/s. */
        public double megabitsPerSecond() {
            return bytes * 8e3 / time.toNanos();
        }
    }

    /** Waits for the end; throws {@link LabException} if curl fails or isn't done within {@code limit}. */
    public Result await(Duration limit) {
        int status = process.waitFor(limit);
        if (status != 0) {
            throw new LabException("curl failed with status " + status + ": "
                    + process.errors().strip());
        }
        long nanos = (long) (Double.parseDouble(process.output()) * 1e9);
        return new Result(bytes(), Duration.ofNanos(nanos), Payload.sha256(target));
    }
}
