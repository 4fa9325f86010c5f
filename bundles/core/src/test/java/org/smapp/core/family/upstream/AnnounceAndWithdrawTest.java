package org.smapp.core.family.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.smapp.api.Command;
import org.smapp.api.Errno;
import org.smapp.api.IpAddress;
import org.smapp.linux.LinuxException;

/** ANNOUNCE, REMOVE and what GET_ADDR then tells. */
final class AnnounceAndWithdrawTest extends KernelContract {

    private static final String MISMATCH = "did not match address and id";

    private Command announce(String address, int id) {
        return new Command.Announce(token, at(address, 0), id);
    }

    @Test
    void shouldKeepWhatIsAnnounced() throws LinuxException {
        assertEquals(Optional.of(List.of()), addresses(token));
        accepted(announce("10.0.2.1", 10));
        accepted(announce("10.0.2.1", 10)); // again only sends it again
        AddressFields announced = AddressFields.of(IpAddress.parse("10.0.2.1"))
                .withId(10)
                .withPort(0)
                .withFlags(AddressFields.SIGNAL);
        assertEquals(Optional.of(List.of(announced)), addresses(token));
        assertEquals(Optional.of(announced), address(token, 10));
        accepted(new Command.Withdraw(token, 10));
        assertEquals(Optional.of(List.of()), addresses(token));
    }

    @Test
    void shouldTellPortsAndFamiliesApart() throws LinuxException {
        accepted(announce("10.0.2.1", 1));
        accepted(new Command.Announce(token, at("10.0.2.1", 7777), 2));
        accepted(announce("2001:db8::1", 3));
        accepted(announce("192.0.2.99", 4)); // nobody here has it
        assertEquals(4, addresses(token).orElseThrow().size());
    }

    @Test
    void shouldListAsManyAsThereCanBe() throws LinuxException {
        List<Integer> ids = new ArrayList<>();
        for (int id = 1; id <= 255; id++) {
            accepted(announce("10.9.0." + id, id));
            ids.add(id);
        }
        assertEquals(
                ids,
                addresses(token).orElseThrow().stream().map(AddressFields::id).toList());
    }

    @Test
    void shouldRefuseAnnouncements() {
        refused(Errno.EINVAL, "invalid token", 56, "is gone", new Command.Announce(UNKNOWN, at("10.0.2.1", 0), 1));
        accepted(announce("10.0.2.1", 10));
        refused(Errno.EINVAL, MISMATCH, 20, "another id than 11", announce("10.0.2.1", 11));
        refused(Errno.EINVAL, MISMATCH, 20, "another address", announce("10.0.3.1", 10));
        refused(Errno.EINVAL, "invalid addr id", 20, "an id from 1 to 255", announce("10.0.3.1", 0));
    }

    @Test
    void shouldRefuseWithdrawals() {
        refused(
                Errno.EINVAL,
                "address with id 99 not found",
                28,
                "no address with id 99",
                new Command.Withdraw(token, 99));
        refused(Errno.EINVAL, "invalid token", 20, "is gone", new Command.Withdraw(UNKNOWN, 1));
    }

    @Test
    void shouldFindNothingOfAnUnknownConnection() throws LinuxException {
        assertEquals(Optional.empty(), addresses(UNKNOWN));
        assertEquals(Optional.empty(), address(UNKNOWN, 1));
        assertEquals(Optional.empty(), address(token, 11));
    }
}
