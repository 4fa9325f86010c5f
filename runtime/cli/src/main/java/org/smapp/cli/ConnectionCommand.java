package org.smapp.cli;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "connection",
        description = "Shows one connection, its subflows, addresses, troubles.",
        footerHeading = "%nExamples:%n",
        footer = {"  smapp connection fbdb7365", "  smapp connection 0xfbdb7365 --json"})
final class ConnectionCommand extends ViewCommand {

    @Parameters(paramLabel = "TOKEN", converter = TokenArgument.Converter.class, description = TokenArgument.HELP)
    private TokenArgument token;

    @Override
    String ask(Daemon daemon) throws Failure {
        String answer = token.ask(daemon, "connections");
        if (answer.equals("[]")) {
            throw token.unknown();
        }
        return answer.substring(1, answer.length() - 1); // an array of one
    }

    @Override
    void show(String answer) throws Failure {
        Fields connection = Json.object(answer);
        long number = connection.number("token");
        new Table("connection", Text.token(number) + " (" + number + ")")
                .row("side", Text.words(connection.text("side")))
                .row("state", Text.words(connection.text("state")))
                .row("controller", ConnectionText.controller(connection))
                .row("local", ConnectionText.end(connection.object("local")))
                .row("remote", ConnectionText.end(connection.object("remote")))
                .row("age", ConnectionText.age(connection.text("since")))
                .row("notes", ConnectionText.notes(connection))
                .print(out());
        showSubflows(connection.list("subflows"));
        showRemoteAddresses(connection.list("remoteAddresses"));
        TroubleTable troubles = new TroubleTable();
        troubles.add(connection.list("troubles"));
        troubles.print(out());
    }

    private void showSubflows(List<Fields> subflows) {
        Table table = new Table("SUBFLOW FROM", "TO", "IDS", "STATE", "INTERFACE", "NOTES");
        for (Fields subflow : subflows) {
            table.row(
                    Text.end(subflow.text("localAddress"), subflow.number("localPort")),
                    Text.end(subflow.text("remoteAddress"), subflow.number("remotePort")),
                    subflow.number("localId") + "/" + subflow.number("remoteId"),
                    Text.words(subflow.text("state")),
                    subflow.text("interface"),
                    subflow.flag("backup") ? "backup" : "");
        }
        out().println();
        table.print(out());
    }

    private void showRemoteAddresses(List<Fields> addresses) {
        Table table = new Table("PEER'S ADDRESS", "ID");
        for (Fields address : addresses) {
            table.row(ConnectionText.end(address), Long.toString(address.number("id")));
        }
        out().println();
        table.print(out());
    }
}
