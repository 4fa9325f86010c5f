package org.smapp.core.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.smapp.core.agent.PathInHand.LOCAL;
import static org.smapp.core.agent.PathInHand.PEER;
import static org.smapp.core.agent.PathInHand.SECOND;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.smapp.api.Command;
import org.smapp.api.FourTuple;
import org.smapp.api.IpAddress;
import org.smapp.api.Outcome;
import org.smapp.api.RemoteAddress;
import org.smapp.api.Subflow;
import org.smapp.api.Token;
import org.smapp.api.TransportAddress;
import org.smapp.api.controller.Connection;
import org.smapp.api.event.SubflowEstablished;

/** What a controller hears of addresses, and what becomes of their ids. */
final class LeaseAddressesTest {

    private static final Token TOKEN = new Token(1);
    private static final TransportAddress SERVER = new TransportAddress(PEER, 443);
    private static final int IDS = 255;

    private final PathInHand hand = new PathInHand();
    private final ScriptedController mesh = new ScriptedController("mesh", "1.0.0");
    private Connection connection;

    @BeforeEach
    void manage() {
        hand.rules("mesh");
        hand.come(mesh);
        hand.established(1);
        connection = mesh.last();
    }

    private Outcome announce(IpAddress address) {
        hand.clock.advance(Duration.ofSeconds(1)); // within its budget
        return connection.announce(address);
    }

    private static IpAddress gone(int number) {
        return IpAddress.v4(0x0a000000 + number);
    }

    @Test
    void shouldTakeTheOldestIdThatNobodyNeedsOnceAllAreUsed() {
        announce(SECOND);
        connection.create(new TransportAddress(gone(2), 0), SERVER, false);
        for (int i = 3; i <= IDS; i++) {
            announce(gone(i));
        }
        hand.commands.clear();
        announce(gone(IDS + 1));
        assertEquals(
                List.of(
                        new Command.Withdraw(TOKEN, 3),
                        new Command.Announce(TOKEN, new TransportAddress(gone(IDS + 1), 0), 3)),
                hand.commands,
                "this host has the first address, a subflow the second");
    }

    @Test
    void shouldReturnWhatBecameOfEachCommand() {
        Subflow initial = connection.subflows().get(0);
        hand.answer = new Outcome.Refused(22, "no", 0, 0, "The kernel refused it.");
        assertSame(hand.answer, connection.destroy(initial));
        assertSame(hand.answer, connection.setBackup(initial, true));
        assertSame(hand.answer, connection.withdraw(SECOND));
        assertFalse(connection.subflows().get(0).backup());
    }

    @Test
    void shouldKnowWhichPairsAreAPath() {
        RemoteAddress sixth = new RemoteAddress(2, new TransportAddress(IpAddress.parse("2001:db8::1"), 443));
        RemoteAddress own = new RemoteAddress(3, new TransportAddress(SECOND, 443));
        RemoteAddress server = connection.remoteAddresses().get(0);
        assertTrue(connection.isPath(PathInHand.address(SECOND), server));
        assertFalse(connection.isPath(PathInHand.address(SECOND), sixth), "another family");
        assertFalse(connection.isPath(PathInHand.address(SECOND), own), "this host has it itself");
    }

    @Test
    void shouldTellTheNextOwnerWhichAddressesItsSubflowsHaveLost() {
        FourTuple second = new FourTuple(SECOND, 50_000, PEER, 443);
        hand.event(new SubflowEstablished(TOKEN, second, 1, 0, false, 0));
        hand.rules();
        hand.addresses(LOCAL);
        mesh.heard.clear();
        hand.rules("mesh");
        assertEquals(List.of("manage " + TOKEN, "no address " + TOKEN), mesh.heard);
    }

    @Test
    void shouldTellNothingOfAddressesThatAreStillThere() {
        hand.rules();
        mesh.heard.clear();
        hand.rules("mesh");
        assertEquals(List.of("manage " + TOKEN), mesh.heard);
    }

    @Test
    void shouldSpareANewConnectionTheQuestionWhatItHasLost() {
        hand.addresses(SECOND);
        mesh.heard.clear();
        hand.created(2);
        assertEquals(List.of("manage " + new Token(2)), mesh.heard, "the kernel would not have begun it");
    }
}
