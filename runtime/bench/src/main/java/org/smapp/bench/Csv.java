package org.smapp.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** Each delay on a line of its own, {@code -1} for a missing join. For one thread. */
final class Csv implements AutoCloseable {

    private static final CSVFormat FORMAT = CSVFormat.DEFAULT
            .builder()
            .setHeader("round", "path_manager", "connection", "delay_ns")
            .setRecordSeparator('\n')
            .get();

    private final CSVPrinter out;

    /** @param file null to write nothing */
    Csv(Path file) throws IOException {
        out = FORMAT.print(Files.newBufferedWriter(file == null ? Path.of("/dev/null") : file));
    }

    void add(int round, PathManager pathManager, JoinDelays.Result result) throws IOException {
        int connection = 0;
        for (long delay : result.delays()) {
            out.printRecord(round + 1, pathManager, ++connection, delay);
        }
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
