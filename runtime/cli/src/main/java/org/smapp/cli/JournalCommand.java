package org.smapp.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "journal",
        description = "Shows what was decided lately and why, the oldest first.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  smapp journal --token fbdb7365",
            "  smapp journal --json | jq -c '.[] | select(.accepted == false)'"
        })
final class JournalCommand extends ViewCommand {

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            converter = TokenArgument.Converter.class,
            description = {"Only what concerns one connection.", TokenArgument.HELP})
    private TokenArgument token;

    @Override
    String ask(Daemon daemon) throws Failure {
        return token != null ? token.ask(daemon, "journal") : daemon.ask(Daemon.request("journal"));
    }

    @Override
    void show(String answer) throws Failure {
        Json.forEach(answer, entry -> out().println(EventText.line(entry)));
    }
}
