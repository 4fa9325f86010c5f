package org.smapp.core.agent;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.smapp.api.FourTuple;
import org.smapp.api.IpAddress;
import org.smapp.api.Subflow;
import org.smapp.api.SubflowState;

/**
 * The subflows of one connection. The list is replaced, never changed, so that snapshots share it.
 *
 * <p>For the agent's thread only.
 */
final class SubflowList {

    private static final int NONE = -1;

    private List<Subflow> all;

    SubflowList(Subflow initial) {
        all = List.of(initial);
    }

    List<Subflow> all() {
        return all;
    }

    void add(Subflow subflow) {
        all = with(all, subflow);
    }

    /** Returns whether a subflow between these ends was asked for, and has not begun. */
    boolean isAsked(FourTuple tuple) {
        return find(tuple) == NONE && pending(tuple) != NONE;
    }

    /** Returns whether the subflow between these ends was asked for as a backup. */
    boolean isAskedAsBackup(FourTuple tuple) {
        int asked = pending(tuple);
        return asked != NONE && all.get(asked).backup();
    }

    /** Puts {@code subflow} in the place of the one with its ends, or of the one that was asked for between them, or adds it. */
    void put(Subflow subflow) {
        int at = place(subflow.tuple());
        if (at == NONE) {
            add(subflow);
        } else {
            replace(at, subflow);
        }
    }

    void remove(FourTuple tuple) {
        int at = place(tuple);
        if (at != NONE) {
            List<Subflow> rest = new ArrayList<>(all);
            rest.remove(at);
            all = List.copyOf(rest);
        }
    }

    void mark(FourTuple tuple, boolean backup) {
        int at = find(tuple);
        if (at != NONE) {
            replace(at, all.get(at).withBackup(backup));
        }
    }

    /** Takes in other names of interfaces. */
    void renamed(Function<IpAddress, String> interfaceOf) {
        all = all.stream()
                .map(each -> each.withInterface(
                        interfaceOf.apply(each.tuple().localAddress().unmapped())))
                .toList();
    }

    boolean isBackupOnly() {
        for (Subflow each : all) {
            if (!each.backup()) {
                return false;
            }
        }
        return !all.isEmpty();
    }

    private int place(FourTuple tuple) {
        int known = find(tuple);
        return known != NONE ? known : pending(tuple);
    }

    private int find(FourTuple tuple) {
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).tuple().equals(tuple)) {
                return i;
            }
        }
        return NONE;
    }

    /** Finds the subflow that was asked for between these ends, before its local port was known. */
    private int pending(FourTuple tuple) {
        for (int i = 0; i < all.size(); i++) {
            Subflow each = all.get(i);
            int port = each.tuple().localPort();
            if (each.state() == SubflowState.CONNECTING
                    && (port == 0 || port == tuple.localPort())
                    && each.connects(tuple.localAddress(), tuple.remote())) {
                return i;
            }
        }
        return NONE;
    }

    private void replace(int at, Subflow subflow) {
        List<Subflow> next = new ArrayList<>(all);
        next.set(at, subflow);
        all = List.copyOf(next);
    }

    /** Returns {@code list} and one more. */
    static <T> List<T> with(List<T> list, T added) {
        List<T> next = new ArrayList<>(list.size() + 1);
        next.addAll(list);
        next.add(added);
        return List.copyOf(next);
    }
}
