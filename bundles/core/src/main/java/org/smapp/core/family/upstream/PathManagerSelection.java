package org.smapp.core.family.upstream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smapp.core.family.KernelFamily;
import org.smapp.core.memory.ChangedSettings;
import org.smapp.linux.Linux;
import org.smapp.linux.NetworkNamespace;

/**
 * Which path manager new connections of a namespace get. The kernel fixes it when a socket is made, so that it has to be
 * chosen before there are connections, and those that are there keep theirs.
 */
final class PathManagerSelection implements KernelFamily.Selection {

    private static final Logger LOG = LoggerFactory.getLogger(PathManagerSelection.class);

    /** Where the kernel has the settings of the namespace that a thread is in. */
    static final Path SETTINGS = Path.of("/proc/sys/net/mptcp");

    private static final String SETTING = "net.mptcp.pm_type";
    private static final String OFF = "0";
    private static final String USER_SPACE = "1";

    private final Linux linux;
    private final NetworkNamespace namespace;
    private final Path enabled;

    /** 0 for the in-kernel path manager, 1 for user space; in every kernel since 5.19. */
    private final Path type;

    private final ChangedSettings changed;

    /** Both files, once they are opened. */
    private List<FileChannel> opened;

    PathManagerSelection(Linux linux, NetworkNamespace namespace, Path settings, ChangedSettings changed) {
        this.linux = linux;
        this.namespace = namespace;
        this.changed = changed;
        enabled = settings.resolve("enabled");
        type = settings.resolve("pm_type");
    }

    @Override
    public void take() throws IOException {
        inside(() -> {
            if (!Files.exists(enabled)) {
                throw new IOException("This kernel has no Multipath TCP: boot one that is built with CONFIG_MPTCP,"
                        + " such as Debian 12's.");
            }
            if (read(enabled).equals(OFF)) {
                throw new IOException("Multipath TCP is switched off in this network namespace: switch it on with"
                        + " `sysctl -w net.mptcp.enabled=1`.");
            }
            String before = read(type);
            if (!before.equals(USER_SPACE)) {
                changed.willChange(SETTING, before);
                write(USER_SPACE);
                LOG.info("Took new connections over from the in-kernel path manager (net.mptcp.pm_type=1)");
            }
        });
    }

    @Override
    public KernelFamily.Selected selected() throws IOException {
        if (opened == null) {
            inside(() -> opened = List.of(FileChannel.open(enabled), FileChannel.open(type)));
        }
        if (read(opened.get(0)).equals(OFF)) {
            return KernelFamily.Selected.NOBODY;
        }
        return read(opened.get(1)).equals(USER_SPACE)
                ? KernelFamily.Selected.USER_SPACE
                : KernelFamily.Selected.IN_KERNEL;
    }

    /** The file was opened inside the namespace, and stays that one's. */
    private static String read(FileChannel setting) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(16);
        setting.read(text, 0);
        return new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII).trim();
    }

    @Override
    public void giveBack() {
        String before = changed.before(SETTING);
        if (before == null) {
            return;
        }
        try {
            inside(() -> write(before));
            changed.gaveBack(SETTING);
            LOG.info("Gave new connections back to the in-kernel path manager ({}={})", SETTING, before);
        } catch (IOException e) {
            LOG.warn(
                    "Could not give new connections back to the in-kernel path manager; they can't be joined until"
                            + " `sysctl -w net.mptcp.pm_type=0` is set",
                    e);
        }
    }

    private static String read(Path file) throws IOException {
        try {
            return Files.readString(file).trim();
        } catch (NoSuchFileException e) {
            throw new IOException(
                    "This kernel has no user-space path manager (no sysctl net.mptcp.pm_type): it came with Linux 5.19.",
                    e);
        }
    }

    private void write(String selected) throws IOException {
        try {
            Files.writeString(type, selected);
        } catch (IOException e) {
            throw new IOException(
                    "Could not set net.mptcp.pm_type (" + e.getMessage() + "): run SMAPP as root or with CAP_NET_ADMIN,"
                            + " or set net.mptcp.pm_type=1 for it.",
                    e);
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private void inside(Work work) throws IOException {
        try {
            linux.inside(namespace, () -> {
                work.run();
                return null;
            });
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }
}
