package org.smapp.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "events",
        description = "Follows what happens, until you stop it with Ctrl-C.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  smapp events",
            "  smapp events --json | jq --unbuffered -c 'select(.topic == \"SUBFLOW_CLOSED\")'",
            "",
            "When this program is too slow, events are dropped; a line says how many."
        })
final class EventsCommand extends DaemonCommand {

    @Option(names = "--json", description = "Print one JSON object a line, for programs.")
    private boolean json;

    @Override
    void run(Daemon daemon) throws Failure {
        daemon.send(Daemon.request("events"));
        for (String line = daemon.next(); line != null; line = daemon.next()) {
            out().println(json ? line : text(Json.object(line)));
            if (out().checkError()) { // flushes, too
                return; // whoever read this has gone
            }
        }
        throw new Failure("The daemon has ended.");
    }

    private static String text(Fields event) {
        return event.values().containsKey("lost")
                ? "(" + event.text("lost") + " events were dropped here: this program did not keep up)"
                : EventText.line(event);
    }
}
