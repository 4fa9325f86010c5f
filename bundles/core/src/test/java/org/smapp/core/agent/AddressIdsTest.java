package org.smapp.core.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.smapp.api.IpAddress;
import org.smapp.api.TransportAddress;

final class AddressIdsTest {

    private static final IpAddress INITIAL = IpAddress.parse("192.0.2.1");

    private final AddressIds ids = new AddressIds(INITIAL);

    private static TransportAddress at(int number) {
        return new TransportAddress(IpAddress.v4(0x0a000000 + number), 0);
    }

    @Test
    void shouldKeepTheIdOfAnAddressUntilItIsWithdrawn() {
        assertEquals(0, ids.of(new TransportAddress(INITIAL.mapped(), 0)));
        assertEquals(1, ids.of(at(1)));
        assertEquals(2, ids.of(new TransportAddress(at(1).address(), 443)), "a port makes another one");
        assertEquals(1, ids.of(at(1)));
        ids.forget(1);
        assertEquals(3, ids.of(at(1)), "the peer may still hear of the end of 1");
    }

    @Test
    void shouldGiveTheInitialAddressAnIdOfItsOwnOnceItWasWithdrawn() {
        ids.forget(0);
        assertEquals(1, ids.of(new TransportAddress(INITIAL, 0)));
    }

    @Test
    void shouldUseIdsAgain() {
        for (int i = 1; i <= 1_000; i++) {
            int id = ids.of(at(i));
            assertEquals((i - 1) % 255 + 1, id);
            ids.forget(id);
        }
    }

    @Test
    void shouldNameWhatCanMakeRoom() {
        for (int i = 1; i <= 255; i++) {
            assertEquals(i, ids.of(at(i)));
        }
        assertEquals(AddressIds.NONE_LEFT, ids.of(at(256)));
        assertEquals(
                OptionalInt.of(3),
                ids.oldest(each -> each.low() <= at(2).address().low()));
        ids.forget(3);
        assertEquals(3, ids.of(at(256)));
        assertEquals(OptionalInt.empty(), ids.oldest(each -> true));
    }

    @Test
    void shouldBelieveASubflowThatWasThereBefore() {
        ids.learn(new TransportAddress(INITIAL, 0), 7);
        assertEquals(0, ids.of(new TransportAddress(INITIAL, 0)));
        ids.correct(new TransportAddress(INITIAL, 0), 7);
        assertEquals(7, ids.of(new TransportAddress(INITIAL, 0)));
    }
}
