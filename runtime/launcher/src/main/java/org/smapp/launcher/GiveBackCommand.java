package org.smapp.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Gives the kernel's settings back that a gateway changed and could not give back itself, because it was killed. */
@Command(
        name = "give-back",
        mixinStandardHelpOptions = true,
        versionProvider = Main.class,
        description = "Restores what a gateway that was killed had changed in the kernel: who manages the paths of new"
                + " connections (net.mptcp.pm_type). Does nothing after an orderly stop.",
        footerHeading = "%nExamples:%n",
        footer = {"  smapp give-back", "  smapp give-back --netns /run/netns/gateway --data /var/lib/smapp"})
final class GiveBackCommand implements Callable<Integer> {

    /** Written by core, which says what is in it. */
    private static final String FILE = "changed-settings";

    private static final Pattern SETTING = Pattern.compile("net\\.[a-z0-9_.]+");

    @Option(
            names = "--netns",
            paramLabel = "PATH",
            description = "Network namespace, such as /run/netns/gateway. Default: the one that the gateway managed.")
    private Path netns;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The gateway's folder for data. Default: the same as that of 'smapp run'.")
    private Path data;

    private final PrintStream out;

    GiveBackCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() throws StartException {
        Path folder =
                data != null ? data.toAbsolutePath() : Distribution.defaultData(Distribution.home(), System.getenv());
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            out.println("Nothing is to be given back: no gateway with the data folder " + folder
                    + " left anything changed.");
            return 0;
        }
        try (DataFolder held = DataFolder.take(folder)) {
            giveBack(read(file), held.file(FILE));
        } catch (IOException e) {
            throw new StartException("The data folder can't be given back: " + e.getMessage() + ".", e);
        }
        return 0;
    }

    private void giveBack(Properties changed, Path file) throws IOException, StartException {
        Path namespace = netns != null ? netns : Path.of(changed.getProperty("namespace", ""));
        if (isTheSame(namespace, changed.getProperty("identity", ""))) {
            for (String setting : changed.stringPropertyNames()) {
                if (SETTING.matcher(setting).matches()) {
                    set(namespace, setting, changed.getProperty(setting));
                    out.println("Gave back: " + setting + " is " + changed.getProperty(setting) + " again.");
                }
            }
        } else {
            out.println("Nothing is to be given back: the network namespace " + namespace
                    + " is not the one that the gateway managed, which is gone with its settings.");
        }
        Files.delete(file);
    }

    private static Properties read(Path file) throws StartException {
        Properties changed = new Properties();
        try (InputStream in = Files.newInputStream(file)) {
            changed.load(in);
            return changed;
        } catch (IOException | IllegalArgumentException e) {
            throw new StartException(
                    file + " can't be read (" + e.getMessage()
                            + "); set net.mptcp.pm_type to 0 yourself and remove it.",
                    e);
        }
    }

    private static boolean isTheSame(Path namespace, String identity) {
        try {
            String boot =
                    Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
            return identity.equals(boot + ":" + Files.getAttribute(namespace, "unix:ino"));
        } catch (IOException e) {
            return false; // gone
        }
    }

    /** A process sees the settings of its own namespace only, so that one is started inside. */
    private static void set(Path namespace, String setting, String value) throws StartException {
        String file = "/proc/sys/" + setting.replace('.', '/');
        List<String> command = List.of("nsenter", "--net=" + namespace, "tee", file);
        String failure;
        try {
            Process tee = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (OutputStream in = tee.getOutputStream()) {
                in.write(value.getBytes(StandardCharsets.US_ASCII));
            }
            failure = new String(tee.getErrorStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (tee.onExit().join().exitValue() == 0) {
                return;
            }
        } catch (IOException e) {
            failure = e.getMessage();
        }
        throw new StartException(setting + " can't be set to " + value + " in " + namespace + " (" + failure
                + "); run it as root, or set it yourself.");
    }
}
