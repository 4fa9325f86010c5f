package org.smapp.testkit.lab;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** Where programs are: PATH, and the system directories that ordinary users' PATH lacks. */
final class ProgramPath {

    private static final String SYSTEM = "/usr/local/sbin:/usr/sbin:/sbin";

    private ProgramPath() {}

    static String value() {
        String path = System.getenv("PATH");
        return path == null ? "/usr/bin:/bin:" + SYSTEM : path + ":" + SYSTEM;
    }

    static Optional<Path> find(String program) {
        return directories()
                .map(directory -> Path.of(directory, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static Stream<String> directories() {
        return Arrays.stream(value().split(":")).filter(directory -> !directory.isEmpty());
    }
}
