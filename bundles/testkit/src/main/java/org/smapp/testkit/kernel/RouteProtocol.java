package org.smapp.testkit.kernel;

import java.util.List;
import org.smapp.api.IpAddress;
import org.smapp.linux.Errno;
import org.smapp.netlink.MessageReader;
import org.smapp.netlink.MessageWriter;

/** The dumps and notifications of rtnetlink (linux/rtnetlink.h) that tell of interfaces, addresses and default routes. */
final class RouteProtocol implements Protocol {

    static final int NEW_LINK = 16;
    static final int DELETE_LINK = 17;
    static final int NEW_ADDRESS = 20;
    static final int DELETE_ADDRESS = 21;
    static final int NEW_ROUTE = 24;
    static final int DELETE_ROUTE = 25;

    private static final int NOTIFICATION_BYTES = 256;
    private static final int GET_LINK = 18;
    private static final int GET_ADDRESS = 22;
    private static final int GET_ROUTE = 26;
    private static final int NEW_RULE = 32;
    private static final int GET_RULE = 34;

    private static final int ETHERNET = 1;
    private static final int LOOPBACK = 772;
    private static final int IFF_UP = 0x1;
    private static final int IFF_LOOPBACK = 0x8;
    private static final int IFF_RUNNING = 0x40;
    private static final int IFF_LOWER_UP = 0x10000;
    private static final int STATE_UNKNOWN = 0;
    private static final int STATE_DOWN = 2;
    private static final int STATE_UP = 6;
    private static final int SCOPE_HOST = 254;
    private static final int PERMANENT = 0x80;
    private static final int MAIN_TABLE = 254;
    private static final int BOOT = 3;
    private static final int UNICAST = 1;
    private static final int TO_TABLE = 1;
    private static final List<Integer> STANDARD_RULES = List.of(255, MAIN_TABLE, 253);
    private static final List<Integer> STANDARD_PRIORITIES = List.of(0, 32_766, 32_767);

    /** A notification and the multicast group that hears it. */
    record Notification(int group, MessageWriter message) {}

    private final FakeNetwork network;

    RouteProtocol(FakeNetwork network) {
        this.network = network;
    }

    @Override
    public void handle(MessageReader message, Answers answers) throws Refusal {
        if (!answers.isDump()) {
            throw Refusal.plain(Errno.EOPNOTSUPP);
        }
        switch (message.type()) {
            case GET_LINK -> network.links().forEach(link -> answers.add(NEW_LINK, writer -> writeLink(writer, link)));
            case GET_ADDRESS ->
                network.links()
                        .forEach(link -> link.addresses()
                                .forEach(each -> answers.add(NEW_ADDRESS, writer -> writeAddress(writer, link, each))));
            case GET_ROUTE ->
                network.links().stream()
                        .filter(FakeLink::hasDefaultRoute)
                        .forEach(link -> answers.add(NEW_ROUTE, writer -> writeRoute(writer, link)));
            case GET_RULE -> {
                for (int i = 0; i < STANDARD_RULES.size(); i++) {
                    int table = STANDARD_RULES.get(i);
                    int priority = STANDARD_PRIORITIES.get(i);
                    answers.add(NEW_RULE, writer -> writeRule(writer, table, priority));
                }
            }
            default -> throw Refusal.plain(Errno.EOPNOTSUPP);
        }
    }

    private static MessageWriter begin(int type) {
        return new MessageWriter(NOTIFICATION_BYTES).begin(type, 0, 0);
    }

    static Notification link(int type, FakeLink link) {
        return new Notification(1, writeLink(begin(type), link));
    }

    static Notification address(int type, FakeLink link, FakeLink.Address address) {
        int group = address.address().v6() ? 9 : 5;
        return new Notification(group, writeAddress(begin(type), link, address));
    }

    static Notification route(int type, FakeLink link) {
        return new Notification(7, writeRoute(begin(type), link));
    }

    /** struct ifinfomsg: u8 family, u8 pad, u16 device type, s32 index, u32 flags, u32 change mask. */
    private static MessageWriter writeLink(MessageWriter writer, FakeLink link) {
        boolean runs = link.isUp() && link.hasCarrier();
        int flags = (link.isUp() ? IFF_UP : 0)
                | (link.isLoopback() ? IFF_LOOPBACK : 0)
                | (runs ? IFF_RUNNING | IFF_LOWER_UP : 0);
        int running = link.isLoopback() ? STATE_UNKNOWN : STATE_UP;
        writer.rawU16(0).rawU16(link.isLoopback() ? LOOPBACK : ETHERNET);
        writer.rawU32(link.index()).rawU32(flags).rawU32(0);
        return writer.string(3, link.name()).u8(16, runs ? running : STATE_DOWN).u8(33, link.hasCarrier() ? 1 : 0);
    }

    /** struct ifaddrmsg: u8 family, u8 prefix length, u8 flags, u8 scope, u32 interface index. */
    private static MessageWriter writeAddress(MessageWriter writer, FakeLink link, FakeLink.Address each) {
        IpAddress address = each.address();
        writer.rawU8(address.v6() ? Uapi.AF_INET6 : Uapi.AF_INET).rawU8(each.prefixLength());
        writer.rawU8(PERMANENT).rawU8(address.isLoopback() ? SCOPE_HOST : 0).rawU32(link.index());
        if (address.v6()) {
            writer.be128(1, address.high(), address.low());
        } else {
            writer.be32(1, (int) address.low()).be32(2, (int) address.low());
        }
        return writer.u32(8, PERMANENT);
    }

    /** struct rtmsg: u8 family, dst_len, src_len, tos, table, protocol, scope, type; u32 flags. */
    private static MessageWriter writeRoute(MessageWriter writer, FakeLink link) {
        writer.rawU8(Uapi.AF_INET).rawU8(0).rawU8(0).rawU8(0);
        writer.rawU8(MAIN_TABLE).rawU8(BOOT).rawU8(0).rawU8(UNICAST).rawU32(0);
        return writer.u32(15, MAIN_TABLE).u32(6, link.index()).u32(4, link.index());
    }

    /** struct fib_rule_hdr: u8 family, dst_len, src_len, tos, table, 2 reserved, action; u32 flags. */
    private static MessageWriter writeRule(MessageWriter writer, int table, int priority) {
        writer.rawU8(Uapi.AF_INET).rawU8(0).rawU8(0).rawU8(0);
        writer.rawU8(table).rawU8(0).rawU8(0).rawU8(TO_TABLE).rawU32(0);
        return writer.u32(15, table).u32(14, -1).u32(6, priority);
    }
}
