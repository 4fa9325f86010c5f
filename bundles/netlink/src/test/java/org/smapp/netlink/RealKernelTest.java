package org.smapp.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.smapp.linux.Errno;
import org.smapp.linux.Linux;
import org.smapp.linux.LinuxException;
import org.smapp.linux.NativeLinux;
import org.smapp.linux.NetlinkSocket;
import org.smapp.linux.NetworkNamespace;

/** Reads from the running kernel; needs no privilege. */
class RealKernelTest {

    private static final int GET_LIMITS = 6;
    private static final int REMOVE = 9;

    private final Linux linux = NativeLinux.load();
    private NetlinkRequester requester;
    private GenericFamily family;

    @BeforeEach
    void resolve() throws LinuxException {
        assumeTrue(
                Files.exists(Path.of("/proc/sys/net/mptcp")) || System.getenv("CI") != null,
                "this kernel has no Multipath TCP");
        requester = NetlinkRequester.open(linux, NetworkNamespace.current(), NetlinkSocket.GENERIC);
        family = GenericNetlink.resolve(requester, "mptcp_pm");
    }

    @AfterEach
    void close() {
        if (requester != null) {
            requester.close();
        }
    }

    @Test
    void familyHasItsGroup() throws LinuxException {
        assertTrue(family.id() >= MessageType.GENERIC_CONTROLLER);
        assertEquals(1, family.version());
        assertTrue(family.group("mptcp_pm_events") > 0);
        assertEquals(
                Errno.ENOENT,
                assertThrows(LinuxException.class, () -> family.group("other")).errno());
    }

    @Test
    void limitsAreRead() throws LinuxException {
        int[] limits = {-1, -1};
        MessageWriter request = new MessageWriter();
        request.begin(family.id(), 0, 0).genl(GET_LIMITS, family.version());

        int errno = requester.request(request, message -> {
            AttributeReader attributes = message.attributes(MessageReader.GENERIC_HEADER_BYTES);
            while (attributes.next()) {
                limits[attributes.type() - 2] = attributes.u32();
            }
        });

        assertEquals(0, errno);
        assertTrue(limits[0] >= 0 && limits[1] >= 0);
    }

    @Test
    void familyThatIsMissingIsNamed() {
        LinuxException failure =
                assertThrows(LinuxException.class, () -> GenericNetlink.resolve(requester, "no_such_family"));

        assertEquals(Errno.ENOENT, failure.errno());
        assertTrue(failure.getMessage().startsWith("find netlink family no_such_family: this kernel has no such"));
    }

    @Test
    void errorIsExplained() throws LinuxException {
        MessageWriter request = new MessageWriter();
        request.begin(family.id(), 0, 0).genl(3, family.version());

        assertEquals(Errno.EINVAL, requester.request(request));
        assertEquals(1, requester.lastError().missingAttribute(), "GET_ADDR without an address");
    }

    @Test
    void successfulRequestsAllocateNothing() throws LinuxException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        MessageWriter request = new MessageWriter();
        repeat(request, 20_000);
        long thread = Thread.currentThread().getId();
        long before = threads.getThreadAllocatedBytes(thread);
        repeat(request, 1_000);
        long allocated = threads.getThreadAllocatedBytes(thread) - before;

        assertTrue(allocated < 1_000, () -> allocated + " bytes allocated by 1000 requests");
    }

    private void repeat(MessageWriter request, int times) throws LinuxException {
        for (int i = 0; i < times; i++) {
            request.begin(family.id(), 0, 0).genl(GET_LIMITS, family.version()).u32(4, i);
            assertEquals(0, requester.request(request));
        }
    }

    @Test
    void refusalForLackOfPrivilegeOrTokenIsAnOutcome() throws LinuxException {
        MessageWriter request = new MessageWriter();
        request.begin(family.id(), 0, 0)
                .genl(REMOVE, family.version())
                .u32(4, 1)
                .u8(5, 1);

        int errno = requester.request(request);

        assertTrue(errno == Errno.EINVAL || errno == Errno.EPERM, () -> "errno " + errno);
    }
}
