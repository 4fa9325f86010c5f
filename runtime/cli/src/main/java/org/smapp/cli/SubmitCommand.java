package org.smapp.cli;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A command for the kernel, which the daemon passes on. */
@Command(
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:the kernel took the command", "1:it did not; one sentence says why", "2:wrong command line"})
abstract class SubmitCommand extends DaemonCommand {

    @Parameters(
            index = "0",
            paramLabel = "TOKEN",
            converter = TokenArgument.Converter.class,
            description = TokenArgument.HELP)
    private TokenArgument token;

    @Option(names = "--reason", paramLabel = "TEXT", order = 90, description = "Why, for the journal.")
    private String reason;

    /** Returns the name that the daemon knows the command by. */
    String command() {
        return name();
    }

    /** Puts what the command needs into {@code request}. */
    abstract void fill(Fields connection, Map<String, Object> request) throws Failure;

    @Override
    final void run(Daemon daemon) throws Failure {
        Fields connection = token.connection(daemon);
        Map<String, Object> request = Daemon.request("submit");
        request.put("token", connection.number("token"));
        request.put("command", command());
        fill(connection, request);
        if (reason != null) {
            request.put("reason", reason);
        }
        Fields outcome = Json.object(daemon.ask(request));
        String sentence = outcome.text("outcome");
        if (!outcome.flag("accepted")) {
            throw new Failure(sentence);
        }
        out().println(outcome.text("command") + ": " + sentence);
    }

    /** Checks that a subflow was named at all. */
    final void checkChosen(SubflowChoice choice) {
        if (choice.isEmpty()) {
            throw wrong("Say which subflow with --local or --remote");
        }
    }
}
