package org.smapp.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that needs the daemon. */
@Command(mixinStandardHelpOptions = true, sortOptions = false, versionProvider = Smapp.class)
abstract class DaemonCommand implements Callable<Integer> {

    @Option(
            names = "--control",
            paramLabel = "SOCKET",
            order = 100,
            description = "The daemon's control socket. Default: " + ControlPath.VARIABLE + " in the environment, or"
                    + " control.sock in the folder where 'smapp run' keeps its data.")
    private Path control;

    @Spec
    private CommandSpec spec;

    @Override
    public final Integer call() throws Failure {
        try (Daemon daemon = Daemon.at(control != null ? control : ControlPath.standard(System.getenv()))) {
            run(daemon);
        }
        return ExitCode.OK;
    }

    abstract void run(Daemon daemon) throws Failure;

    final String name() {
        return spec.name();
    }

    final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /** Returns what to throw when the command line makes no sense. */
    final ParameterException wrong(String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }
}
