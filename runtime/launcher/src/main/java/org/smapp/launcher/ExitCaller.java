package org.smapp.launcher;

import java.util.Arrays;
import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/**
 * Who called {@link System#exit}: code in a bundle may, and can't be kept from it. It waits there until all shutdown hooks have
 * run, so that its stack tells. Thread-safe: stateless.
 */
final class ExitCaller {

    private static final String RUNTIME = Runtime.class.getName();
    private static final String EXIT = "exit";

    private ExitCaller() {}

    /** Returns a sentence that names the caller; empty if a signal ends the process. */
    static Optional<String> sentence(BundleContext context) {
        return Thread.getAllStackTraces().values().stream()
                .flatMap(stack -> caller(stack).stream())
                .findFirst()
                .map(frame -> sentence(frame, context));
    }

    private static Optional<StackTraceElement> caller(StackTraceElement[] stack) {
        boolean exits = Arrays.stream(stack)
                .anyMatch(each -> each.getClassName().equals(RUNTIME)
                        && each.getMethodName().equals(EXIT));
        return exits
                ? Arrays.stream(stack)
                        .filter(each -> !each.getClassName().startsWith("java."))
                        .findFirst()
                : Optional.empty();
    }

    private static String sentence(StackTraceElement frame, BundleContext context) {
        String code = frame.getClassName() + "." + frame.getMethodName();
        return Arrays.stream(context.getBundles())
                        .filter(each -> has(each, frame.getClassName()))
                        .findFirst()
                        .map(each -> "Bundle " + each.getSymbolicName() + " " + each.getVersion() + " ("
                                + each.getLocation() + ") ended the gateway: ")
                        .orElse("The gateway was ended: ")
                + code
                + " called System.exit. Take that bundle out, or mend it: SMAPP can't keep it from that.";
    }

    private static boolean has(Bundle bundle, String className) {
        return bundle.getBundleId() != 0 && bundle.getEntry(className.replace('.', '/') + ".class") != null;
    }
}
