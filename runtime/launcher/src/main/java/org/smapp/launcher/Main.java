package org.smapp.launcher;

import java.io.PrintStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The process: command line in, exit status out. 0: stopped as asked; 1: could not start or stop; 2: wrong command line. */
@Command(name = "smapp", mixinStandardHelpOptions = true, versionProvider = Main.class)
public final class Main implements IVersionProvider {

    private static final int FAILED = 1;

    /** Starts SMAPP; ends the process. */
    public static void main(String[] arguments) {
        // Standard output is for the operator; whatever a bundle prints goes with the log.
        PrintStream out = System.out;
        System.setOut(System.err);
        int status = commandLine(out).execute(arguments);
        if (status == 0 && out.checkError()) {
            System.err.println("smapp: Standard output could not be written; is the disk full?");
            status = FAILED;
        }
        System.exit(status);
    }

    static CommandLine commandLine(PrintStream out) {
        CommandLine smapp =
                new CommandLine(new Main()).addSubcommand(new RunCommand(out)).addSubcommand(new GiveBackCommand(out));
        smapp.setOut(new java.io.PrintWriter(out, true));
        smapp.setErr(new java.io.PrintWriter(System.err, true));
        smapp.setParameterExceptionHandler(Main::wrongCommandLine);
        smapp.setExecutionExceptionHandler(Main::failed);
        return smapp;
    }

    @Override
    public String[] getVersion() {
        return new String[] {"smapp " + Distribution.version()};
    }

    private static int wrongCommandLine(ParameterException e, String[] arguments) {
        CommandLine command = e.getCommandLine();
        command.getErr().println("smapp: " + e.getMessage() + ".");
        UnmatchedArgumentException.printSuggestions(e, command.getErr());
        String name = command.getCommandSpec().qualifiedName();
        command.getErr().println("Try '" + name + " --help'.");
        return CommandLine.ExitCode.USAGE;
    }

    private static int failed(Exception e, CommandLine command, CommandLine.ParseResult parsed) throws Exception {
        if (!(e instanceof StartException)) {
            throw e;
        }
        command.getErr().println("smapp: " + e.getMessage());
        return FAILED;
    }
}
