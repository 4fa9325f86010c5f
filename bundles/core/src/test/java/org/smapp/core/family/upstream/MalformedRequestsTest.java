package org.smapp.core.family.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.smapp.api.Command;
import org.smapp.api.Errno;
import org.smapp.api.IpAddress;
import org.smapp.linux.LinuxException;
import org.smapp.linux.NetlinkSocket;
import org.smapp.netlink.GenericNetlink;
import org.smapp.netlink.MessageWriter;
import org.smapp.netlink.NetlinkError;
import org.smapp.netlink.NetlinkRequester;

/** What no command of the product leaves out or gets wrong, written by hand. */
final class MalformedRequestsTest extends KernelContract {

    private static final AddressFields LOCAL = AddressFields.of(IpAddress.parse("10.0.3.1"));

    private NetlinkRequester raw;
    private RequestEncoder encoder;
    private int family;

    @BeforeEach
    void openRaw() throws LinuxException {
        raw = NetlinkRequester.open(kernel.linux(), kernel.namespace(), NetlinkSocket.GENERIC);
        family = GenericNetlink.resolve(raw, Uapi.FAMILY).id();
        encoder = new RequestEncoder(new MessageWriter(), family);
    }

    @AfterEach
    void closeRaw() {
        if (raw != null) {
            raw.close();
        }
    }

    private RequestEncoder begin(int command) {
        return encoder.begin(command).token(token.value());
    }

    @Test
    void shouldNameTheMissingAttribute() throws LinuxException {
        missing(Uapi.PM_ATTR_ADDR, "ANNOUNCE without ADDR", encoder.begin(Uapi.CMD_ANNOUNCE));
        missing(
                Uapi.PM_ATTR_TOKEN,
                "ANNOUNCE without TOKEN",
                encoder.begin(Uapi.CMD_ANNOUNCE).local(LOCAL));
        missing(Uapi.PM_ATTR_LOC_ID, "REMOVE without LOC_ID", begin(Uapi.CMD_REMOVE));
        missing(
                Uapi.PM_ATTR_TOKEN,
                "REMOVE without TOKEN",
                encoder.begin(Uapi.CMD_REMOVE).localId(1));
        for (int command : new int[] {Uapi.CMD_SUBFLOW_CREATE, Uapi.CMD_SUBFLOW_DESTROY, Uapi.CMD_SET_FLAGS}) {
            missing(Uapi.PM_ATTR_ADDR, "command " + command + " without ADDR", begin(command));
            missing(
                    Uapi.PM_ATTR_ADDR_REMOTE,
                    "command " + command + " without ADDR_REMOTE",
                    begin(command).local(LOCAL.withPort(1).withId(3)));
        }
        missing(Uapi.PM_ATTR_ADDR, "GET_ADDR without ADDR", begin(Uapi.CMD_GET_ADDR));
    }

    private void missing(int attribute, String what, RequestEncoder request) throws LinuxException {
        assertEquals(Errno.EINVAL.number(), raw.request(request.end()), what);
        assertEquals(attribute, raw.lastError().missingAttribute(), what);
        row(what);
    }

    @Test
    void shouldExplainABadAddress() throws LinuxException {
        RequestEncoder announce = begin(Uapi.CMD_ANNOUNCE);
        refused(Errno.EINVAL, "missing family", 28, "ANNOUNCE without family", announce.local(AddressFields.ofId(7)));
        announce = begin(Uapi.CMD_ANNOUNCE).local(LOCAL.withId(7));
        refused(Errno.EINVAL, "invalid addr flags", 28, "ANNOUNCE without flags", announce);
        announce = begin(Uapi.CMD_ANNOUNCE).local(LOCAL.withId(7).withFlags(AddressFields.SUBFLOW));
        refused(Errno.EINVAL, "invalid addr flags", 28, "ANNOUNCE with flag SUBFLOW", announce);
        RequestEncoder create = begin(Uapi.CMD_SUBFLOW_CREATE).local(LOCAL.withFlags(AddressFields.SIGNAL));
        refused(Errno.EINVAL, "invalid addr flags", 28, "SUBFLOW_CREATE with flag SIGNAL", create.remote(LOCAL));
        RequestEncoder priority =
                begin(Uapi.CMD_SET_FLAGS).local(AddressFields.ofId(7)).remote(LOCAL);
        refused(Errno.EINVAL, "invalid local address family", 28, "SET_FLAGS without family", priority);
        announce = familyOnly(Uapi.AF_INET).token(token.value());
        refused(Errno.EINVAL, "missing address data", 20, "ANNOUNCE without address", announce);
        announce = familyOnly(99).token(token.value());
        refused(Errno.EINVAL, "unknown address family", 20, "ANNOUNCE of family 99", announce);
    }

    @Test
    void shouldExplainABadRemoteAddress() throws LinuxException {
        AddressFields id = AddressFields.ofId(7);
        RequestEncoder create =
                begin(Uapi.CMD_SUBFLOW_CREATE).local(LOCAL.withId(7)).remote(id);
        refused(Errno.EINVAL, "missing family", 56, "SUBFLOW_CREATE without the remote family", create);
        RequestEncoder destroy =
                begin(Uapi.CMD_SUBFLOW_DESTROY).local(LOCAL.withPort(1)).remote(id);
        refused(Errno.EINVAL, "missing family", 56, "SUBFLOW_DESTROY without the remote family", destroy);
        RequestEncoder priority =
                begin(Uapi.CMD_SET_FLAGS).local(LOCAL.withPort(1)).remote(id);
        refused(Errno.EINVAL, "missing family", 56, "SET_FLAGS without the remote family", priority);
        priority = encoder.begin(Uapi.CMD_SET_FLAGS).local(LOCAL).remote(LOCAL);
        refused(Errno.EINVAL, "address not found", 20, "SET_FLAGS without TOKEN, of no endpoint", priority);
    }

    private RequestEncoder familyOnly(int addressFamily) {
        MessageWriter writer = encoder.begin(Uapi.CMD_ANNOUNCE).end();
        int nest = writer.nest(Uapi.PM_ATTR_ADDR);
        writer.u16(Uapi.ADDR_ATTR_FAMILY, addressFamily).endNest(nest);
        return encoder;
    }

    @Test
    void shouldNotFindWhatIsNotThere() throws LinuxException {
        RequestEncoder get = encoder.begin(Uapi.CMD_GET_ADDR).local(AddressFields.ofId(99));
        refused(Errno.EINVAL, "address not found", 20, "GET_ADDR of an unknown endpoint", get);
        get = begin(Uapi.CMD_GET_ADDR).local(AddressFields.ofId(99));
        refused(Errno.EINVAL, "address not found", 28, "GET_ADDR of an unknown id", get);
        get = encoder.begin(Uapi.CMD_GET_ADDR).token(1).local(AddressFields.ofId(1));
        refused(Errno.EINVAL, "address not found", 28, "GET_ADDR of an unknown token", get);
        MessageWriter dump = encoder.begin(Uapi.CMD_GET_ADDR).token(1).end();
        assertEquals(Errno.EINVAL.number(), raw.dump(dump, message -> {}));
        explained("invalid token", 20, "dump of an unknown token");
    }

    @Test
    void shouldRefuseWhatItCanNotRead() throws LinuxException {
        encoder.begin(Uapi.CMD_REMOVE).end().u16(Uapi.PM_ATTR_TOKEN, 1).u8(Uapi.PM_ATTR_LOC_ID, 1);
        String shorter = "Attribute failed policy validation";
        refused(Errno.ERANGE, shorter, 20, "REMOVE with a TOKEN of 2 bytes", encoder);
        MessageWriter writer = begin(Uapi.CMD_ANNOUNCE).end();
        int nest = writer.nest(Uapi.PM_ATTR_ADDR);
        writer.u16(Uapi.ADDR_ATTR_ADDR4, 0).endNest(nest);
        refused(Errno.ERANGE, shorter, 32, "ANNOUNCE with an IPv4 address of 2 bytes", encoder);
        writer = begin(Uapi.CMD_ANNOUNCE).end();
        nest = writer.nest(Uapi.PM_ATTR_ADDR);
        writer.bytes(Uapi.ADDR_ATTR_ADDR6, new byte[15]).endNest(nest);
        String other = "binary attribute size out of range";
        refused(Errno.ERANGE, other, 32, "ANNOUNCE with an IPv6 address of 15 bytes", encoder);
        refused(Errno.EOPNOTSUPP, "", NOWHERE, "command 12", begin(12));
        refused(Errno.EOPNOTSUPP, "", NOWHERE, "command 0", begin(0));
        MessageWriter bare = new MessageWriter().begin(family, 0, 0);
        assertEquals(Errno.EINVAL.number(), raw.request(bare));
        explained("", NOWHERE, "only a netlink header");
        assertEquals(
                Errno.EOPNOTSUPP.number(), raw.dump(begin(Uapi.CMD_ANNOUNCE).end(), message -> {}));
        explained("", NOWHERE, "dump of ANNOUNCE");
    }

    private void refused(Errno errno, String text, int offset, String what, RequestEncoder request)
            throws LinuxException {
        assertEquals(errno.number(), raw.request(request.end()), what);
        explained(text, offset, what);
    }

    private void explained(String text, int offset, String what) {
        if (kernel.speaksLinux618()) {
            assertEquals(text, raw.lastError().text(), what);
            assertEquals(offset, raw.lastError().offset(), what);
        }
        row(what);
    }

    private void row(String what) {
        NetlinkError error = raw.lastError();
        boolean alike = error.missingAttribute() >= 0 || !Errno.EINVAL.is(error.errno());
        String sentence = alike ? RefusalSentence.of(new Command.Withdraw(token, 1), error) : "";
        row(what, error.toString(), sentence.substring(sentence.indexOf(": ") + 1));
    }
}
