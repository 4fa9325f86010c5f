package org.smapp.cli;

import picocli.CommandLine.Command;

@Command(
        name = "health",
        description = "Shows how the daemon is doing.",
        footerHeading = "%nExamples:%n",
        footer = {"  smapp health", "  smapp health --json | jq .overruns"})
final class HealthCommand extends ViewCommand {

    @Override
    String ask(Daemon daemon) throws Failure {
        return daemon.ask(Daemon.request("health"));
    }

    @Override
    void show(String answer) throws Failure {
        Fields health = Json.object(answer);
        Table table = new Table("WHAT", "VALUE");
        for (String name : health.values().keySet()) {
            String value = health.text(name);
            table.row(Text.label(name), value.isEmpty() ? "-" : value);
        }
        table.print(out());
    }
}
