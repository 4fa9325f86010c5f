package org.smapp.cli;

import picocli.CommandLine.Command;

@Command(
        name = "controllers",
        description = "Lists the controllers and how many connections they own.",
        footerHeading = "%nExamples:%n",
        footer = {"  smapp controllers", "  smapp controllers --json | jq '.[] | select(.quarantined != \"\")'"})
final class ControllersCommand extends ViewCommand {

    @Override
    void show(String answer) throws Failure {
        Table table = new Table("NAME", "VERSION", "CONNECTIONS", "BUNDLE", "STATE");
        Json.forEach(
                answer,
                controller -> table.row(
                        controller.text("name"),
                        controller.text("version"),
                        controller.text("connections"),
                        controller.text("bundle"),
                        state(controller.text("quarantined"))));
        print(table, "No controllers. Put a controller's jar into the deploy folder.");
    }

    private static String state(String quarantined) {
        return quarantined.isEmpty() ? "in service" : "out of service: " + quarantined;
    }
}
