package org.smapp.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where the control groups are. */
public final class ControlGroups {

    private ControlGroups() {}

    /**
     * Returns the root of the second version's hierarchy (cgroup2), wherever it is mounted.
     *
     * @param mounts the table of mounts, such as {@code /proc/self/mounts}
     */
    public static Optional<Path> unified(Path mounts) throws IOException {
        // device, mount point, type, options, 0, 0; a blank in a path is \040
        return Files.readAllLines(mounts).stream()
                .map(line -> line.split(" "))
                .filter(mount -> mount.length > 2 && mount[2].equals("cgroup2"))
                .map(mount -> Path.of(mount[1].replace("\\040", " ")))
                .findFirst();
    }
}
