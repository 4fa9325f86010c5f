package org.smapp.logging;

import ch.qos.logback.classic.LoggerContext;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.log.LogReaderService;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;
import org.slf4j.LoggerFactory;

/**
 * Sends what the framework and its bundles say through the OSGi log to slf4j. Started first and stopped last, so it also closes
 * logback: lines that still wait in an asynchronous appender are written before the process ends.
 *
 * <p>Thread-safe: the framework calls it.
 */
public final class LogBridge implements BundleActivator, ServiceTrackerCustomizer<LogReaderService, LogReaderService> {

    private final LogEntryForwarder forwarder = new LogEntryForwarder();
    private BundleContext context;
    private ServiceTracker<LogReaderService, LogReaderService> readers;

    @Override
    public void start(BundleContext bundleContext) {
        context = bundleContext;
        // Sets logback up now, on this thread: lines of other threads that come meanwhile would be held back.
        LoggerFactory.getILoggerFactory();
        readers = new ServiceTracker<>(bundleContext, LogReaderService.class, this);
        readers.open();
    }

    @Override
    public void stop(BundleContext bundleContext) {
        readers.close();
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext logback) {
            logback.stop();
        }
    }

    @Override
    public LogReaderService addingService(ServiceReference<LogReaderService> reference) {
        LogReaderService reader = context.getService(reference);
        reader.addLogListener(forwarder);
        return reader;
    }

    @Override
    public void modifiedService(ServiceReference<LogReaderService> reference, LogReaderService reader) {
        // Its properties say nothing about what it logs.
    }

    @Override
    public void removedService(ServiceReference<LogReaderService> reference, LogReaderService reader) {
        reader.removeLogListener(forwarder);
        context.ungetService(reference);
    }
}
