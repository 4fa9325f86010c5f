package org.smapp.cli;

import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

@Command(
        name = "health",
        description = "Shows how the daemon is doing.",
        footerHeading = "%nExamples:%n",
        footer = {"  smapp health", "  smapp health --json | jq .overruns"})
final class HealthCommand extends ViewCommand {

    private static final int LISTED_AT_MOST = 3;

    @Override
    void show(String answer) throws Failure {
        Fields health = Json.object(answer);
        Table table = new Table("WHAT", "VALUE");
        for (String name : health.values().keySet()) {
            String value = health.values().get(name) instanceof List<?> list ? text(list) : health.text(name);
            table.row(Text.label(name), value.isEmpty() ? "-" : value);
        }
        table.print(out());
    }

    private static String text(List<?> list) {
        return list.stream()
                .skip(Math.max(0, list.size() - LISTED_AT_MOST))
                .map(HealthCommand::entry)
                .collect(Collectors.joining("; "));
    }

    private static String entry(Object entry) {
        if (!(entry instanceof Fields fields)) {
            return String.valueOf(entry);
        }
        return fields.values().containsKey("tookMs")
                ? fields.number("tookMs") + " ms, " + fields.text("reason")
                : fields.text("name") + " " + fields.text("version") + ": " + fields.text("quarantined");
    }
}
