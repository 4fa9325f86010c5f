package org.smapp.core.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.smapp.api.FourTuple;
import org.smapp.api.InterfaceNames;
import org.smapp.api.IpAddress;
import org.smapp.api.Side;

final class ConditionsTest {

    private static final long PORTS = 65_535;
    private static final FourTuple TUPLE =
            new FourTuple(IpAddress.parse("10.0.1.2"), 40_000, IpAddress.parse("192.0.2.9"), 443);

    private static boolean holds(Conditions conditions) {
        return conditions.match(Side.CLIENT, TUPLE, "wan1", () -> 1_000);
    }

    private static NumberSet numbers(String... texts) {
        return NumberSet.parse(List.of(texts), PORTS);
    }

    private static Conditions prefixes(List<IpPrefix> remote, List<IpPrefix> local) {
        return new Conditions(
                null, remote, local, NumberSet.EMPTY, NumberSet.EMPTY, InterfaceNames.NONE, NumberSet.EMPTY);
    }

    private static Conditions ports(NumberSet remote, NumberSet local) {
        return new Conditions(null, List.of(), List.of(), remote, local, InterfaceNames.NONE, NumberSet.EMPTY);
    }

    private static Conditions others(Side side, InterfaceNames interfaces, NumberSet uids) {
        return new Conditions(side, List.of(), List.of(), NumberSet.EMPTY, NumberSet.EMPTY, interfaces, uids);
    }

    @Test
    void shouldHoldForEverythingWhenEmpty() {
        assertTrue(holds(Conditions.ANY));
    }

    @Test
    void shouldCompareTheSide() {
        assertTrue(holds(others(Side.CLIENT, InterfaceNames.NONE, NumberSet.EMPTY)));
        assertFalse(holds(others(Side.SERVER, InterfaceNames.NONE, NumberSet.EMPTY)));
    }

    @Test
    void shouldCompareAddresses() {
        List<IpPrefix> remote = List.of(IpPrefix.parse("203.0.113.0/24"), IpPrefix.parse("192.0.2.0/24"));
        List<IpPrefix> local = List.of(IpPrefix.parse("10.0.1.0/24"));
        assertTrue(holds(prefixes(remote, local)));
        assertFalse(holds(prefixes(local, List.of())));
        assertFalse(holds(prefixes(remote, remote)));
    }

    @Test
    void shouldTakeAMappedAddressForWhatItIs() {
        FourTuple mapped = new FourTuple(
                TUPLE.localAddress().mapped(), 40_000, TUPLE.remoteAddress().mapped(), 443);
        Conditions conditions = prefixes(List.of(IpPrefix.parse("192.0.2.0/24")), List.of());
        assertTrue(conditions.match(Side.CLIENT, mapped, "wan1", () -> -1));
    }

    @Test
    void shouldComparePorts() {
        assertTrue(holds(ports(numbers("80", "400-499"), numbers("40000"))));
        assertFalse(holds(ports(numbers("80", "500-599"), NumberSet.EMPTY)));
        assertFalse(holds(ports(NumberSet.EMPTY, numbers("443"))));
    }

    @Test
    void shouldCompareTheInterface() {
        assertTrue(holds(others(null, new InterfaceNames(List.of("lte*", "wan?")), NumberSet.EMPTY)));
        assertFalse(holds(others(null, new InterfaceNames(List.of("lte*")), NumberSet.EMPTY)));
    }

    @Test
    void shouldAskForTheUserOnlyWhenNothingElseDecides() {
        assertTrue(holds(others(null, InterfaceNames.NONE, numbers("1000-1999"))));
        assertFalse(holds(others(null, InterfaceNames.NONE, numbers("0"))));
        Conditions server = others(Side.SERVER, InterfaceNames.NONE, numbers("0"));
        assertFalse(server.match(Side.CLIENT, TUPLE, "wan1", () -> {
            throw new AssertionError("asked for nothing");
        }));
    }

    @Test
    void shouldNotTakeAnUnknownUserForAnyone() {
        assertFalse(others(null, InterfaceNames.NONE, numbers("0-65535")).match(Side.CLIENT, TUPLE, "", () -> -1));
    }

    @Test
    void shouldSayWhatToWriteInstead() {
        for (String text : List.of("70000", "9-8", "-1", "https", "99999999999", "")) {
            String said = assertThrows(IllegalArgumentException.class, () -> numbers(text))
                    .getMessage();
            assertEquals(
                    "'" + text + "' is neither a number from 0 to 65535 nor a range of them: write it like 443 or"
                            + " 8000-8999",
                    said);
        }
    }
}
