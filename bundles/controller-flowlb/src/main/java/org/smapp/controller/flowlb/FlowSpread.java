package org.smapp.controller.flowlb;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.smapp.api.CloseCause;
import org.smapp.api.FourTuple;
import org.smapp.api.IpAddress;
import org.smapp.api.Side;
import org.smapp.api.Subflow;
import org.smapp.api.SubflowState;
import org.smapp.api.controller.Connection;
import org.smapp.api.event.SubflowClosed;
import org.smapp.api.measure.SubflowInfo;
import org.smapp.controller.kit.Backoff;
import org.smapp.controller.kit.SubflowKeeper;

/** The subflows of one connection, over the pair of addresses that it began with. */
final class FlowSpread extends SubflowKeeper<FlowLb.Settings> {

    /** What was closed here is replaced after this time, when the peer has heard of it. */
    private static final Duration SETTLE = Duration.ofMillis(300);

    /** How long until a subflow that ended by itself is replaced. */
    private static final Backoff BACKOFF = Backoff.ofMillis(1_000, 60_000);

    /** A connection that is busy for so many looks gets more subflows. */
    private static final int LOOKS_TO_GROW = 4;

    /** So many times duplicates are replaced at once: with fifteen ports, one of four paths is found in 99 cases of 100. */
    private static final int QUICK_ROUNDS = 3;

    private static final int MOST_PATIENCE = 100;

    private static final Duration PROVEN_AFTER = Duration.ofSeconds(30);

    private final IpAddress local;

    private int wanted;
    private Paths paths;
    private Connection.Timer comparing = () -> {};

    /** Those that are parked, as backups, until other ports take their places. */
    private final Set<FourTuple> leaving = new HashSet<>();

    /** Since subflows were last opened or parked. */
    private int looks;

    /** How many times duplicates were closed. */
    private int rounds;

    /** How long parked subflows rest before they are closed, in comparisons. */
    private int patience = 1;

    FlowSpread(Connection connection) {
        super(connection, FlowLb.Settings.class);
        wanted = settings().subflows();
        local = connection.tuple().localAddress().unmapped();
    }

    /** Completes what is there already: a connection may be found after a restart or come from another controller. */
    FlowSpread begin() {
        onOpportunity("subflows were missing");
        if (connection.side() == Side.CLIENT) {
            connection.because("a predecessor had parked it");
            connection.subflows().stream().filter(Subflow::backup).forEach(each -> connection.setBackup(each, false));
            compare();
        }
        return this;
    }

    private void compare() {
        Duration interval = Duration.ofMillis(settings().refreshMs()).dividedBy(Paths.LOOKS);
        paths = new Paths(interval);
        comparing.cancel();
        comparing = connection.sample(interval, this::look);
    }

    @Override
    public boolean onSettingsChanged() {
        boolean goesOn = super.onSettingsChanged();
        if (connection.side() == Side.CLIENT) {
            wanted = Math.max(settings().subflows(), Math.min(wanted, settings().mostSubflows()));
            onOpportunity("the settings changed");
            compare();
        }
        return goesOn;
    }

    @Override
    protected Backoff backoff(CloseCause cause) {
        return BACKOFF;
    }

    @Override
    protected Duration provenAfter() {
        return PROVEN_AFTER;
    }

    @Override
    public void onOpportunity(String reason) {
        if (isOpener()) {
            connection.because(reason);
            connection.pairFrom(local).ifPresent(this::fill);
        }
    }

    private void fill(FourTuple pair) {
        long joined = count(each -> !each.tuple().equals(connection.tuple()));
        long missing = Math.min(
                wanted - count(each -> true),
                settings().mostSubflows() - 1 - joined); // the peer counts those that joined
        while (missing > 0 && retries.open(pair)) {
            missing--;
            looks = 0;
        }
    }

    private long count(Predicate<Subflow> which) {
        return dead.others().stream()
                .filter(each -> each.isOver(local) && which.test(each))
                .count();
    }

    @Override
    public void onSubflowClosed(SubflowClosed event) {
        if (!leaving.remove(event.tuple())) {
            super.onSubflowClosed(event);
        } else if (leaving.isEmpty()) {
            rounds++;
            patience = rounds < QUICK_ROUNDS ? 1 : Math.min(MOST_PATIENCE, 10 * patience);
            retries.rest(event.tuple(), SETTLE, "other ports take the places of those that shared a path");
        }
    }

    private void look(List<SubflowInfo> subflows) {
        paths.look(subflows);
        looks++;
        boolean resting = connection.pairFrom(local).filter(retries::isResting).isPresent();
        if (resting || connection.subflows().stream().anyMatch(each -> each.state() == SubflowState.CONNECTING)) {
            return;
        }
        if (!leaving.isEmpty()) {
            closeWhenDue(subflows);
        } else if (wanted < settings().mostSubflows()) {
            grow();
        } else if (looks > Paths.LOOKS) {
            park(paths.duplicates(connection.tuple()));
        }
    }

    /** One at a time: several that start slowly at once make each other and all the others lose. */
    private void grow() {
        if (paths.areBusy(LOOKS_TO_GROW)) {
            wanted++;
            onOpportunity("there is much to send, and more ports find more paths");
        }
    }

    /**
     * Makes duplicates backups, so that they carry nothing more: data in the queue of a slow subflow holds up the whole
     * connection.
     */
    private void park(List<FourTuple> duplicates) {
        if (duplicates.isEmpty()) {
            return;
        }
        looks = 0;
        leaving.addAll(duplicates);
        wanted = (int) count(each -> !leaving.contains(each.tuple()));
        connection.because(leaving.size() + " subflows share a path with a faster one");
        connection.subflows().stream()
                .filter(each -> leaving.contains(each.tuple()))
                .forEach(each -> connection.setBackup(each, true));
    }

    /**
     * Closes the parked ones together, and after some rounds seldom: closing a subflow makes the kernel send all unacknowledged
     * data of the connection again (__mptcp_retransmit_pending_data), for one as for several. The peer has no place for others
     * until all that a closed subflow still had to send has come.
     */
    private void closeWhenDue(List<SubflowInfo> subflows) {
        boolean dry = subflows.stream()
                .filter(each -> leaving.contains(each.tuple()))
                .allMatch(each -> each.unsentBytes() == 0 && each.unacknowledgedSegments() == 0);
        int rest = Paths.LOOKS * (patience - 1);
        if (looks >= rest + Paths.LOOKS || looks > rest && dry) {
            connection
                    .because("other ports are to take the places of those that shared a path")
                    .destroyAll(each -> leaving.contains(each.tuple()));
        }
    }
}
