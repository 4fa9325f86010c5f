package org.smapp.core.memory;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smapp.files.WholeFile;

/**
 * Which of the kernel's settings were changed in a namespace, and what they were before, in a file: after a crash the next start
 * knows what to give back, and `smapp give-back` does without one. The file is {@value #FILE} in the data folder, with
 * {@code namespace} (its path), {@code identity} (which one that was: boot and inode) and a line for each setting.
 *
 * <p>For one thread. A file that can't be written is logged; then nothing can be given back after a crash.
 */
public final class ChangedSettings {

    /** The file's name in the data folder. */
    public static final String FILE = "changed-settings";

    private static final Logger LOG = LoggerFactory.getLogger(ChangedSettings.class);
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

    private final Path file;
    private final Properties kept = new Properties();

    /**
     * Reads what an earlier run changed in the same namespace.
     *
     * @param file or null to keep nothing over a crash
     * @param namespace path of the namespace
     */
    public ChangedSettings(Path file, Path namespace) {
        this.file = file;
        if (file == null) {
            return;
        }
        String identity = identity(namespace);
        try (InputStream in = Files.newInputStream(file)) {
            kept.load(in);
        } catch (NoSuchFileException e) {
            LOG.debug("Nothing was left changed.");
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn("Can't read {}: what an earlier run changed is not given back ({})", file, e.getMessage());
        }
        if (!identity.equals(kept.getProperty("identity"))) {
            kept.clear(); // of another boot or namespace, which is gone with its settings
        }
        kept.setProperty("namespace", namespace.toString());
        kept.setProperty("identity", identity);
    }

    private static String identity(Path namespace) {
        try {
            return Files.readString(BOOT).strip() + ":" + Files.getAttribute(namespace, "unix:ino");
        } catch (IOException e) {
            LOG.debug("No identity of {}", namespace, e);
            return "unknown";
        }
    }

    /** Returns what the setting was before it was changed, or null if it was not. */
    public String before(String setting) {
        return kept.getProperty(setting);
    }

    /** Notes what a setting is that will be changed; called before it is. */
    public void willChange(String setting, String value) {
        kept.setProperty(setting, value);
        write();
    }

    /** Notes that a setting is as it was. */
    public void gaveBack(String setting) {
        kept.remove(setting);
        write();
    }

    private void write() {
        if (file == null) {
            return;
        }
        try {
            if (kept.size() > 2) {
                ByteArrayOutputStream text = new ByteArrayOutputStream();
                kept.store(text, "What smapp changed, as it was before; smapp give-back restores it.");
                WholeFile.write(file, text.toByteArray());
            } else {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            LOG.warn(
                    "Can't write {} ({}): after a crash nobody will know what to give back; make room or let smapp write there",
                    file,
                    e.toString());
        }
    }
}
