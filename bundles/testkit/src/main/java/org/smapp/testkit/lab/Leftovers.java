package org.smapp.testkit.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Removes what a lab has noted in its state: the namespaces, with all processes in them, and the directories. */
final class Leftovers {

    static final String NAMESPACE = "namespace ";
    static final String DIRECTORY = "directory ";

    private static final Path NAMESPACES = Path.of("/run/netns");
    private static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir"));
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private Leftovers() {}

    /** Removes what the labs of dead processes have left. */
    static void removeOrphans() {
        for (LabState orphan : LabState.takeOrphans()) {
            try (orphan) {
                remove(orphan);
                orphan.release();
            }
        }
    }

    static void remove(LabState state) {
        for (String entry : state.entries()) {
            if (entry.startsWith(NAMESPACE)) {
                removeNamespace(entry.substring(NAMESPACE.length()));
            } else if (entry.startsWith(DIRECTORY)) {
                removeDirectory(Path.of(entry.substring(DIRECTORY.length())));
            }
        }
    }

    private static void removeNamespace(String name) {
        if (!Files.exists(NAMESPACES.resolve(name))) {
            return;
        }
        pids(name).forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
        Deadline.waitFor(
                "the programs in " + name + " have ended",
                LIMIT,
                () -> pids(name).isEmpty());
        LabProcess.run(TEMPORARY, List.of("ip", "netns", "del", name), LIMIT);
    }

    private static List<Long> pids(String name) {
        return LabProcess.run(TEMPORARY, List.of("ip", "netns", "pids", name), LIMIT)
                .lines()
                .map(Long::valueOf)
                .toList();
    }

    private static void removeDirectory(Path directory) {
        if (!directory.startsWith(TEMPORARY) || !Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new LabException("Can't remove " + directory + ": " + e.getMessage(), e);
        }
    }
}
