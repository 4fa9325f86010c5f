package org.smapp.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smapp.core.family.KernelFamily;
import org.smapp.linux.NetworkNamespace;

/**
 * Looks whether the network namespace is still as SMAPP took it: whether new connections still come to SMAPP, and whether the
 * name still leads to it. Says what changed, and takes new connections back if it may, at most once a minute: who sets
 * pm_type = 0 again and again is not fought.
 *
 * <p>{@link #look} is for one thread, the rest for any.
 */
final class NamespaceWatch implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(NamespaceWatch.class);
    private static final long TAKE_BACK_EVERY_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final String SELECTION = "pm_type";
    private static final String NAME = "name";

    private final KernelFamily.Selection selection;
    private final Path file;
    private final Object key;
    private final Consumer<Boolean> selected;
    private final LongSupplier nanoTime;
    private final Map<String, String> problems = new TreeMap<>();
    private volatile List<String> warnings = List.of();
    private volatile boolean takeBack;
    private long takenNanos;

    /**
     * @param selected hears whether new connections come to SMAPP
     * @param takeBack whether new connections may be taken back
     */
    NamespaceWatch(
            KernelFamily.Selection selection,
            NetworkNamespace namespace,
            Consumer<Boolean> selected,
            LongSupplier nanoTime,
            boolean takeBack) {
        this.selection = selection;
        this.selected = selected;
        this.nanoTime = nanoTime;
        this.takeBack = takeBack;
        file = namespace.equals(NetworkNamespace.current()) ? null : namespace.file();
        key = file == null ? null : key();
        takenNanos = nanoTime.getAsLong() - TAKE_BACK_EVERY_NANOS;
    }

    void takeBack(boolean may) {
        takeBack = may;
    }

    /** Returns what is not as it should be. */
    List<String> warnings() {
        return warnings;
    }

    /** Looks, whatever happens: the next look may go better. */
    @Override
    public void run() {
        try {
            look();
        } catch (RuntimeException e) {
            LOG.error("The namespace could not be looked at", e);
        }
    }

    void look() {
        note(NAME, whereTheNameLeads());
        try {
            note(SELECTION, whoGetsNewConnections());
        } catch (IOException e) {
            note(SELECTION, "Who gets new connections can't be told any more: " + e.getMessage());
        }
        warnings = List.copyOf(problems.values());
    }

    private void note(String what, String sentence) {
        String before = sentence.isEmpty() ? problems.remove(what) : problems.put(what, sentence);
        if (!sentence.isEmpty() && !sentence.equals(before)) {
            LOG.warn("{}", sentence);
        } else if (sentence.isEmpty() && before != null) {
            LOG.info("This is over: {}", before);
        }
    }

    private String whereTheNameLeads() {
        if (file == null) {
            return "";
        }
        Object now = key();
        if (now == null) {
            return "The network namespace " + file
                    + " was deleted: SMAPP still holds it, but nobody can enter it any more;"
                    + " stop SMAPP, or make the namespace and start SMAPP again";
        }
        return now.equals(key)
                ? ""
                : "The network namespace " + file + " is another one now: SMAPP still holds the one that was deleted;"
                        + " restart SMAPP to manage the new one";
    }

    /** Returns what tells this namespace from all others, or null if there is none. */
    private Object key() {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            LOG.debug("{} can't be looked at", file, e);
            return key;
        }
    }

    private String whoGetsNewConnections() throws IOException {
        KernelFamily.Selected now = selection.selected();
        selected.accept(now == KernelFamily.Selected.USER_SPACE);
        return switch (now) {
            case USER_SPACE -> "";
            case NOBODY ->
                "Multipath TCP was switched off (net.mptcp.enabled = 0): new connections are plain TCP, those that"
                        + " are there go on; `sysctl -w net.mptcp.enabled=1` switches it on";
            case IN_KERNEL ->
                takenBack()
                        ? ""
                        : "Somebody set net.mptcp.pm_type = 0: new connections belong to the in-kernel path manager, and SMAPP"
                                + " leaves them alone; "
                                + (takeBack
                                        ? "SMAPP took them back less than a minute ago and does so again soon: find out who it is"
                                        : "`sysctl -w net.mptcp.pm_type=1` gives them to SMAPP, or takeBack = true");
        };
    }

    private boolean takenBack() throws IOException {
        long now = nanoTime.getAsLong();
        if (!takeBack || problems.containsKey(NAME) || now - takenNanos < TAKE_BACK_EVERY_NANOS) {
            return false;
        }
        takenNanos = now;
        LOG.warn("Somebody set net.mptcp.pm_type = 0: taking new connections back (takeBack = false leaves it so)."
                + " Those that began meanwhile belong to the in-kernel path manager");
        selection.take();
        selected.accept(true);
        return true;
    }
}
