package org.smapp.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.StringJoiner;

/** How a connection and its subflows look in tables. */
final class ConnectionText {

    private ConnectionText() {}

    static String controller(Fields connection) {
        String controller = connection.text("controller");
        return controller.isEmpty() ? "-" : controller;
    }

    static String end(Fields end) {
        return Text.end(end.text("address"), end.number("port"));
    }

    /** Returns how many work, and how many are being established: {@code 2} or {@code 1+1}. */
    static String subflows(List<Fields> subflows) {
        long established = subflows.stream()
                .filter(subflow -> subflow.text("state").equals("ESTABLISHED"))
                .count();
        long connecting = subflows.size() - established;
        return connecting == 0 ? Long.toString(established) : established + "+" + connecting;
    }

    static String age(String since) {
        return since.isEmpty()
                ? "-"
                : Text.age(Duration.between(Instant.parse(since), Instant.now()).toSeconds());
    }

    static String notes(Fields connection) {
        StringJoiner notes = new StringJoiner(", ");
        if (connection.flag("backup")) {
            notes.add("backup");
        }
        if (connection.flag("recovered")) {
            notes.add("recovered");
        }
        if (connection.flag("denyJoinId0")) {
            notes.add("no join to address 0");
        }
        switch (connection.text("pathManager")) {
            case "IN_KERNEL" -> notes.add("left to the kernel");
            case "NONE" -> notes.add("plain TCP");
            default -> {}
        }
        return notes.toString();
    }
}
