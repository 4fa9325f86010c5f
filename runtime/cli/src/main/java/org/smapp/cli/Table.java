package org.smapp.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.TextTable;

/** A table for people: columns as wide as what they hold. */
final class Table {

    private static final int GAP = 2;

    /** Rows are printed in portions: TextTable keeps every cell in an object of several hundred bytes until it prints. */
    private static final int ROWS_AT_ONCE = 256;

    private final List<String[]> rows = new ArrayList<>();
    private final int[] widths;

    Table(String... headings) {
        widths = new int[headings.length];
        row(headings);
    }

    Table row(String... cells) {
        for (int column = 0; column < widths.length; column++) {
            widths[column] = Math.max(widths[column], cells[column].length());
        }
        rows.add(cells);
        return this;
    }

    /** Returns whether there is nothing below the headings. */
    boolean isEmpty() {
        return rows.size() == 1;
    }

    void print(PrintWriter out) {
        for (int from = 0; from < rows.size(); from += ROWS_AT_ONCE) {
            TextTable table = TextTable.forColumns(
                    Help.defaultColorScheme(Help.Ansi.OFF),
                    Arrays.stream(widths)
                            .mapToObj(width -> new Column(width + GAP, 0, Column.Overflow.TRUNCATE))
                            .toArray(Column[]::new));
            table.setAdjustLineBreaksForWideCJKCharacters(false);
            rows.subList(from, Math.min(from + ROWS_AT_ONCE, rows.size())).forEach(row -> table.addRowValues(row));
            out.print(table);
        }
        out.flush();
    }
}
