package org.smapp.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What Configuration Admin keeps between runs. What came from a file of the configuration folder is forgotten before each start
 * and read again: otherwise a file that was removed while SMAPP was down would stay in force. What was made in the console, and
 * is in no file, stays. Thread-safe: stateless.
 */
final class ConfigurationStore {

    /** Set by File Install in every configuration that it reads from a file. */
    private static final String FROM_FILE = "felix.fileinstall.filename";

    private ConfigurationStore() {}

    static void forgetWhatCameFromFiles(Path store) throws StartException {
        if (!Files.isDirectory(store)) {
            return;
        }
        try {
            for (Path configuration : configurations(store)) {
                // One byte per character: the file may be in any encoding, the name that is looked for is ASCII.
                if (Files.readString(configuration, StandardCharsets.ISO_8859_1).contains(FROM_FILE)) {
                    Files.delete(configuration);
                }
            }
        } catch (IOException e) {
            throw new StartException("The configurations in " + store + " can't be read; remove that folder.", e);
        }
    }

    private static List<Path> configurations(Path store) throws IOException {
        try (Stream<Path> files = Files.walk(store)) {
            return files.filter(file -> file.toString().endsWith(".config")).toList();
        }
    }
}
