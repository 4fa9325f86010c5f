package org.smapp.cli;

import picocli.CommandLine.Option;

/** A command that shows something: as a table for people, or as the daemon's own line of JSON. */
abstract class ViewCommand extends DaemonCommand {

    @Option(names = "--json", description = "Print JSON on one line, for programs, instead of a table.")
    private boolean json;

    @Override
    final void run(Daemon daemon) throws Failure {
        String answer = ask(daemon);
        if (json) {
            out().println(answer);
        } else {
            show(answer);
        }
        if (out().checkError()) { // flushes, too
            throw new Failure("The output could not be written; is the disk full?");
        }
    }

    /** Asks the daemon for the operation that has this command's name. */
    String ask(Daemon daemon) throws Failure {
        return daemon.ask(Daemon.request(name()));
    }

    abstract void show(String answer) throws Failure;

    final void print(Table table, String whenEmpty) {
        if (table.isEmpty()) {
            out().println(whenEmpty);
        } else {
            table.print(out());
        }
    }
}
