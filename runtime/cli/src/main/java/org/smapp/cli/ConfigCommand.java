package org.smapp.cli;

import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "config",
        description = "Shows what is configured, and what is wrong with it.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  smapp config",
            "  smapp config --all",
            "  smapp config --json | jq '.[] | select(.problem != \"\")'"
        })
final class ConfigCommand extends ViewCommand {

    @Option(names = "--all", description = "Also show the settings that have their default, and what can be set.")
    private boolean all;

    @Override
    String ask(Daemon daemon) throws Failure {
        return daemon.ask(Daemon.request("config"));
    }

    @Override
    void show(String answer) throws Failure {
        List<Fields> configurations = Json.objects(answer);
        Table table = all
                ? new Table("CONFIGURATION", "KEY", "VALUE", "FROM", "ALLOWED")
                : new Table("CONFIGURATION", "KEY", "VALUE");
        for (Fields configuration : configurations) {
            for (Fields setting : configuration.list("settings")) {
                if (all || setting.flag("set")) {
                    table.row(row(configuration, setting));
                }
            }
        }
        print(table, "Nothing is configured; everything has its default.");
        configurations.stream()
                .map(each -> each.text("problem"))
                .filter(problem -> !problem.isEmpty())
                .forEach(problem -> out().println("WRONG: " + problem));
    }

    private String[] row(Fields configuration, Fields setting) {
        String pid = configuration.text("pid");
        String key = setting.text("key");
        String value = value(setting.values().get("value"));
        String from = setting.flag("set") ? configuration.text("file") : "default";
        return all ? new String[] {pid, key, value, from, setting.text("allowed")} : new String[] {pid, key, value};
    }

    private static String value(Object value) {
        return value instanceof List<?> texts
                ? texts.stream()
                        .map(String::valueOf)
                        .collect(Collectors.joining(", ", "[ ", texts.isEmpty() ? "]" : " ]"))
                : String.valueOf(value);
    }
}
