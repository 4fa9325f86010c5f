package org.smapp.control;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The clients that are connected, and which may connect. Some of the places and some of the long answers are kept for
 * clients that may command, so that others can't take them all. For the server's thread only.
 */
final class Clients {

    static final int PLACES = 16;
    static final int KEPT_PLACES = 4;
    static final int LONG_ANSWERS = 4;
    static final int KEPT_LONG_ANSWERS = 1;

    static final String FULL = "The daemon serves " + PLACES + " clients at a time, " + KEPT_PLACES
            + " places are kept for root, and all others are taken. Close one, then try again.";

    private final List<Client> all = new ArrayList<>();

    void add(Client client) {
        all.add(client);
    }

    void remove(Client client) {
        all.remove(client);
    }

    /** Returns those who are there now. */
    List<Client> all() {
        return List.copyOf(all);
    }

    boolean isFull(Peer newcomer) {
        return all.size() >= PLACES
                || !newcomer.mayCommand() && rivals(newcomer).count() >= PLACES - KEPT_PLACES;
    }

    /** Returns who has asked for nothing for the longest time and can make room, or null. */
    Client idlest(Peer newcomer) {
        return rivals(newcomer)
                .filter(Client::isIdle)
                .min(Comparator.comparingLong(Client::since))
                .orElse(null);
    }

    private Stream<Client> rivals(Peer newcomer) {
        return all.stream().filter(each -> newcomer.mayCommand() || !each.peer().mayCommand());
    }

    boolean mayHaveLongAnswer(Peer peer) {
        long underWay = all.stream().filter(Client::isSendingLongAnswer).count();
        return underWay < (peer.mayCommand() ? LONG_ANSWERS : LONG_ANSWERS - KEPT_LONG_ANSWERS);
    }
}
