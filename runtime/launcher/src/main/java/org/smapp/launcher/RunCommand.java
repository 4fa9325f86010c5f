package org.smapp.launcher;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code smapp run}: the command line of the gateway. */
@Command(
        name = "run",
        description = "Runs the gateway in the foreground until SIGTERM or SIGINT.",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        versionProvider = Main.class)
final class RunCommand implements Callable<Integer> {

    @Option(
            names = "--netns",
            paramLabel = "PATH",
            description = "Network namespace to manage, e.g. /run/netns/gateway. Default: the one that smapp runs in.")
    private Path netns;

    @Option(
            names = "--config",
            paramLabel = "DIR",
            description = "Configuration files; changes take effect at once. Default: etc in the distribution.")
    private Path config;

    @Option(
            names = "--deploy",
            paramLabel = "DIR",
            description = "Controller jars; added, replaced and removed at once. Default: deploy in the distribution.")
    private Path deploy;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where SMAPP writes. Default: the first that can be written of var in the distribution,"
                    + " /var/lib/smapp and ~/.local/state/smapp.")
    private Path data;

    @Option(
            names = "--control",
            paramLabel = "SOCKET",
            description = "Unix domain socket for the other smapp commands. Default: control.sock in the data folder.")
    private Path control;

    @Option(
            names = "--http",
            paramLabel = "PORT|off",
            converter = HttpPort.class,
            defaultValue = "8181",
            description = "Port of the web console on 127.0.0.1, or off for none. Default: ${DEFAULT-VALUE}.")
    private OptionalInt httpPort;

    private final PrintStream out;

    RunCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() throws StartException {
        return new Gateway(settings(), out).run();
    }

    Settings settings() {
        Path home = Distribution.home();
        Path dataFolder = or(data, Distribution.defaultData(home, System.getenv()));
        return new Settings(
                home,
                or(config, home.resolve("etc")),
                or(deploy, home.resolve("deploy")),
                dataFolder,
                or(control, dataFolder.resolve("control.sock")),
                Optional.ofNullable(netns).map(Path::toAbsolutePath),
                httpPort);
    }

    private static Path or(Path asked, Path otherwise) {
        return (asked != null ? asked : otherwise).toAbsolutePath().normalize();
    }
}
