package org.smapp.netlink;

import org.junit.jupiter.api.Test;
import org.smapp.linux.Breakage;
import org.smapp.linux.Linux;
import org.smapp.linux.NativeLinux;
import org.smapp.linux.NetlinkSocket;
import org.smapp.linux.NetworkNamespace;

/** Who opens closes, also when a later step fails. */
final class OpeningTest {

    @Test
    void requesterShouldLeaveNothingOpen() throws Exception {
        Breakage.everywhere(breakage -> NetlinkRequester.open(
                breakage.in(Linux.class, NativeLinux.load()), NetworkNamespace.current(), NetlinkSocket.ROUTE));
    }
}
