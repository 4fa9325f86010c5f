package org.smapp.core.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.smapp.core.agent.PathInHand.SECOND;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.smapp.api.Errno;
import org.smapp.api.Outcome;
import org.smapp.api.PathManagerType;
import org.smapp.api.Token;
import org.smapp.core.agent.Ownership.Owned;
import org.smapp.core.agent.Ownership.Watched;

/** Connections that turn out to be the in-kernel path manager's get no commands. */
final class DoubtsTest {

    private final PathInHand hand = new PathInHand();
    private final ScriptedController mesh = new ScriptedController("mesh", "1.0.0");

    @BeforeEach
    void rule() {
        hand.rules("mesh");
        hand.come(mesh);
        mesh.onEvent = connection -> connection.announce(SECOND);
    }

    @Test
    void shouldLeaveAConnectionAloneOnceTheKernelRefusedAndSaysThatItIsAnothers() {
        hand.answer = new Outcome.Refused(Errno.EINVAL.number(), "", -1, -1, "refused");
        hand.inKernel.add(new Token(1));

        hand.established(1);
        hand.settleDoubts();
        hand.addresses(PathInHand.LOCAL);

        assertEquals(1, hand.commands.size(), "no vain command after the first");
        assertEquals(new Watched(PathManagerType.IN_KERNEL), hand.row(1).ownership);
        assertEquals(List.of("manage 00000001", "established 00000001", "released 00000001"), mesh.heard);
    }

    @Test
    void shouldKeepAConnectionWhoseCommandWasRefusedForAnotherReason() {
        hand.answer = new Outcome.Refused(Errno.EINVAL.number(), "", -1, -1, "refused");

        hand.established(1);
        hand.settleDoubts();

        assertInstanceOf(Owned.class, hand.row(1).ownership);
    }

    @Test
    void shouldAskTheKernelFirstWhileSomebodyHasGivenNewConnectionsAway() {
        hand.selected = false;
        hand.inKernel.add(new Token(1));

        hand.created(1);
        hand.created(2);
        hand.settleDoubts();

        assertEquals(new Watched(PathManagerType.IN_KERNEL), hand.row(1).ownership);
        assertInstanceOf(Owned.class, hand.row(2).ownership);
        assertEquals(List.of("manage 00000002"), mesh.heard);
    }

    @Test
    void shouldLookAtTheConnectionsThatCameBeforeItWasNoticed() {
        hand.created(1);
        hand.created(2);
        hand.inKernel.add(new Token(2));

        hand.path.flow().doubtAll();
        hand.settleDoubts();

        assertInstanceOf(Owned.class, hand.row(1).ownership);
        assertEquals(new Watched(PathManagerType.IN_KERNEL), hand.row(2).ownership);
    }
}
