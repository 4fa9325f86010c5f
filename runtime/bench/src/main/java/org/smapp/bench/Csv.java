package org.smapp.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Each delay on a line of its own, {@code -1} for a missing join; or nothing, when no file is wanted. For one thread. */
final class Csv implements AutoCloseable {

    private final Optional<PrintWriter> file;

    private Csv(Optional<PrintWriter> file) {
        this.file = file;
    }

    static Csv to(Optional<Path> path) throws IOException {
        if (path.isEmpty()) {
            return new Csv(Optional.empty());
        }
        PrintWriter writer = new PrintWriter(Files.newBufferedWriter(path.get()));
        writer.println("round,path_manager,connection,delay_ns");
        return new Csv(Optional.of(writer));
    }

    void add(int round, PathManager pathManager, JoinDelays.Result result) {
        file.ifPresent(writer -> {
            List<Long> delays = result.delays();
            for (int i = 0; i < delays.size(); i++) {
                writer.println((round + 1) + "," + pathManager.name() + "," + (i + 1) + "," + delays.get(i));
            }
            writer.flush();
        });
    }

    /** @throws IOException if any line could not be written */
    @Override
    public void close() throws IOException {
        if (file.isPresent()) {
            boolean failed = file.get().checkError();
            file.get().close();
            if (failed) {
                throw new IOException("The CSV file could not be written whole. Is the disk full?");
            }
        }
    }
}
