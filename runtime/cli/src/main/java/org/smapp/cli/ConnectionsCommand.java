package org.smapp.cli;

import picocli.CommandLine.Command;

@Command(
        name = "connections",
        description = "Lists the connections that the daemon knows.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  smapp connections",
            "  smapp connections --json | jq '.[] | select(.state == \"ESTABLISHED\") | .token'"
        })
final class ConnectionsCommand extends ViewCommand {

    @Override
    void show(String answer) throws Failure {
        Table table = new Table("TOKEN", "SIDE", "STATE", "CONTROLLER", "LOCAL", "REMOTE", "SUBFLOWS", "AGE", "NOTES");
        Json.forEach(
                answer,
                connection -> table.row(
                        Text.token(connection.number("token")),
                        Text.words(connection.text("side")),
                        Text.words(connection.text("state")),
                        ConnectionText.controller(connection),
                        ConnectionText.end(connection.object("local")),
                        ConnectionText.end(connection.object("remote")),
                        ConnectionText.subflows(connection.list("subflows")),
                        ConnectionText.age(connection.text("since")),
                        ConnectionText.notes(connection)));
        print(table, "No connections.");
    }
}
