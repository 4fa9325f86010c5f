package org.smapp.logging;

import org.osgi.service.log.LogEntry;
import org.osgi.service.log.LogLevel;
import org.osgi.service.log.LogListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Writes one entry of the OSGi log to the slf4j logger of the same name. Thread-safe. */
final class LogEntryForwarder implements LogListener {

    /** The name that the log service gives to entries of callers that know no logger names. */
    private static final String UNNAMED = "LogService";

    @Override
    public void logged(LogEntry entry) {
        Logger logger = LoggerFactory.getLogger(loggerName(entry));
        logger.atLevel(level(entry.getLogLevel()))
                .setCause(entry.getException())
                .log(entry.getMessage());
    }

    private static String loggerName(LogEntry entry) {
        String name = entry.getLoggerName();
        boolean unnamed = name == null || name.isEmpty() || name.equals(UNNAMED);
        if (!unnamed || entry.getBundle() == null) {
            return unnamed ? UNNAMED : name;
        }
        return entry.getBundle().getSymbolicName();
    }

    private static Level level(LogLevel level) {
        return switch (level) {
            case ERROR -> Level.ERROR;
            case WARN -> Level.WARN;
            case AUDIT, INFO -> Level.INFO;
            case DEBUG -> Level.DEBUG;
            case TRACE -> Level.TRACE;
        };
    }
}
