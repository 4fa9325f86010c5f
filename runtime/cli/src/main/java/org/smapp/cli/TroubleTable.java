package org.smapp.cli;

import java.io.PrintWriter;
import java.util.List;

/** What is wrong between addresses of this host and of peers: why subflows carry nothing there. */
final class TroubleTable {

    private final Table table = new Table("TROUBLE FROM", "TO", "TIMES", "SINCE", "WHAT");

    void add(List<Fields> troubles) {
        for (Fields each : troubles) {
            table.row(
                    each.text("localAddress"),
                    Text.end(each.text("remoteAddress"), each.number("remotePort")),
                    Long.toString(each.number("times")),
                    each.text("since"),
                    each.text("cause"));
        }
    }

    /** Prints an empty line and the table, if there is something wrong. */
    void print(PrintWriter out) {
        if (!table.isEmpty()) {
            out.println();
            table.print(out);
        }
    }
}
