package org.smapp.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A directory for the length of one benchmark. For one thread. */
record Scratch(Path path) implements AutoCloseable {

    static Scratch create() throws IOException {
        return new Scratch(Files.createTempDirectory("smapp-bench-"));
    }

    /** Deletes it with all that is in it, as far as that is possible; what stays is named on standard error. */
    @Override
    public void close() {
        try (Stream<Path> all = Files.walk(path)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (IOException e) {
            System.err.println("The folder " + path + " is still there; delete it by hand (" + e.getMessage() + ")");
        }
    }
}
