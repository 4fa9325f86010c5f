package org.smapp.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** {@code smapp}, the command line of the gateway's operator. All but {@code run} ask a daemon that runs. */
@Command(
        name = "smapp",
        mixinStandardHelpOptions = true,
        versionProvider = Smapp.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "Shows and steers which paths the Multipath TCP connections of this host use.",
        footer = {
            "Exit status: 0 done, 1 refused or failed (one sentence says why), 2 wrong usage.",
            "'smapp run' starts the gateway; 'smapp give-back' undoes what a crashed one left.",
            "Completion in bash and zsh:  source <(smapp generate-completion)"
        })
public final class Smapp implements IVersionProvider {

    private static final Map<String, Supplier<Object>> COMMANDS = commands();

    /** Runs one command; ends the process. */
    public static void main(String[] arguments) {
        CommandLine smapp = commandLine(arguments);
        smapp.setOut(new PrintWriter(System.out, true)); // picocli's own doesn't notice what System.out could not write
        int status = smapp.execute(arguments);
        if (status == CommandLine.ExitCode.OK && smapp.getOut().checkError()) {
            smapp.getErr().println("smapp: The output could not be written; is the disk full?");
            status = CommandLine.ExitCode.SOFTWARE;
        }
        System.exit(status);
    }

    /** Knows the command that the first argument names, or else all commands: reading all of them takes 60 ms of CPU. */
    static CommandLine commandLine(String... arguments) {
        CommandLine smapp = new CommandLine(new Smapp());
        Supplier<Object> named = arguments.length == 0 ? null : COMMANDS.get(arguments[0]);
        if (named != null) {
            smapp.addSubcommand(named.get());
        } else {
            COMMANDS.values().forEach(command -> smapp.addSubcommand(command.get()));
            smapp.addSubcommand(new GenerateCompletion());
        }
        return smapp.setParameterExceptionHandler(Smapp::wrongCommandLine).setExecutionExceptionHandler(Smapp::failed);
    }

    private static Map<String, Supplier<Object>> commands() {
        Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
        commands.put("connections", ConnectionsCommand::new);
        commands.put("connection", ConnectionCommand::new);
        commands.put("controllers", ControllersCommand::new);
        commands.put("addresses", AddressesCommand::new);
        commands.put("events", EventsCommand::new);
        commands.put("figures", FiguresCommand::new);
        commands.put("journal", JournalCommand::new);
        commands.put("health", HealthCommand::new);
        commands.put("config", ConfigCommand::new);
        commands.put("subflow", SubflowCommand::new);
        commands.put("announce", AnnounceCommand::new);
        commands.put("withdraw", WithdrawCommand::new);
        return commands;
    }

    private static int wrongCommandLine(ParameterException e, String[] arguments) {
        CommandLine command = e.getCommandLine();
        command.getErr().println("smapp: " + e.getMessage().replaceFirst("\\.$", "") + ".");
        UnmatchedArgumentException.printSuggestions(e, command.getErr());
        command.getErr().println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        return CommandLine.ExitCode.USAGE;
    }

    private static int failed(Exception e, CommandLine command, ParseResult parsed) throws Exception {
        if (!(e instanceof Failure)) {
            throw e;
        }
        command.getErr().println("smapp: " + e.getMessage());
        return CommandLine.ExitCode.SOFTWARE;
    }

    @Override
    public String[] getVersion() {
        String version = Smapp.class.getPackage().getImplementationVersion();
        return new String[] {"smapp " + (version != null ? version : "unpackaged")};
    }
}
