package org.smapp.controller.backup;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.smapp.api.controller.Connection;
import org.smapp.controller.kit.ConnectionLine;

/** The lines that one connection can use, and which of them failed. */
final class Candidates {

    private final Connection connection;

    /** Those that failed, and have neither passed a trial nor gone and come back since. */
    private final Set<ConnectionLine> failed = new HashSet<>();

    private Lines lines;

    Candidates(Connection connection, Lines lines) {
        this.connection = connection;
        this.lines = lines;
    }

    /** Changes the order in which lines are preferred. */
    void prefer(Lines next) {
        lines = next;
    }

    /** Returns the line to begin with: one with a working subflow, and rather one whose subflow is no backup. */
    ConnectionLine first() {
        return usable().stream()
                .filter(ConnectionLine::isWorking)
                .min(Comparator.comparing(line -> line.working().orElseThrow().backup()))
                .orElseGet(
                        () -> new ConnectionLine(connection, connection.tuple().localAddress()));
    }

    /** Returns whether subflows can be opened over a line now. */
    boolean isUsable(ConnectionLine line) {
        return usable().contains(line);
    }

    /** Returns lines to move to, the best first; lines that failed only if there is no other. */
    List<ConnectionLine> insteadOf(ConnectionLine active) {
        List<ConnectionLine> others = usable().stream()
                .filter(line -> !line.equals(active) || !line.isWorking())
                .toList();
        List<ConnectionLine> good =
                others.stream().filter(line -> !failed.contains(line)).toList();
        return good.isEmpty() ? others : good;
    }

    /** Returns the best line, unless it is in use already. */
    Optional<ConnectionLine> betterThan(ConnectionLine active) {
        return usable().stream().findFirst().filter(line -> !line.equals(active));
    }

    /** Returns the line to have ready, beside the one in use. */
    Optional<ConnectionLine> nextTo(ConnectionLine active) {
        return usable().stream()
                .filter(line -> !line.equals(active) && !failed.contains(line))
                .findFirst();
    }

    boolean hasFailed(ConnectionLine line) {
        return failed.contains(line);
    }

    void fail(ConnectionLine line) {
        failed.add(line);
    }

    /** A line is good again, or another one in its place. */
    void forgive(ConnectionLine line) {
        failed.remove(line);
    }

    private List<ConnectionLine> usable() {
        return lines.usable(connection);
    }
}
