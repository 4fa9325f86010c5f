package org.smapp.launcher;

import java.nio.file.Files;
import java.nio.file.Path;

/** Tells logback, which lives in a bundle, where its configuration is. Thread-safe: stateless. */
final class Logging {

    private static final String LOGBACK_FILE = "logback.configurationFile";

    private Logging() {}

    /** The file of the configuration folder counts; a folder without one gets the distribution's. */
    static void configure(Settings settings) {
        Path own = settings.config().resolve("logback.xml");
        Path file = Files.exists(own) ? own : settings.home().resolve("etc/logback.xml");
        System.setProperty(LOGBACK_FILE, file.toString());
    }
}
