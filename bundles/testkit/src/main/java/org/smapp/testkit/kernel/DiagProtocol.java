package org.smapp.testkit.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.smapp.api.FourTuple;
import org.smapp.api.IpAddress;
import org.smapp.linux.Errno;
import org.smapp.netlink.MessageReader;
import org.smapp.netlink.MessageWriter;

/** sock_diag (linux/inet_diag.h): the fake kernel's connections and subflows, all of them or one. */
final class DiagProtocol implements Protocol {

    private static final int BY_FAMILY = 20;
    private static final int DESTROY = 21;
    private static final int PROTOCOL_AT = 1;
    private static final int LOCAL_PORT_AT = 8;
    private static final int REMOTE_PORT_AT = 10;
    private static final int COOKIE_AT = 48;
    private static final int TCP = 6;
    private static final int ESTABLISHED = 1;
    private static final int SYN_SENT = 2;
    private static final int INFO = 2;
    private static final int ULP_INFO = 19;
    private static final int ULP_MPTCP = 3;

    private final FakeKernel kernel;

    DiagProtocol(FakeKernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public void handle(MessageReader message, Answers answers) throws Refusal {
        ByteBuffer request = message.buffer();
        int at = message.payloadStart();
        boolean v6 = request.get(at) == Uapi.AF_INET6;
        boolean subflows = request.get(at + PROTOCOL_AT) == TCP;
        if (message.type() == DESTROY) {
            destroy(request, at);
        } else if (message.type() != BY_FAMILY) {
            throw Refusal.plain(Errno.EINVAL);
        } else if (answers.isDump()) {
            kernel.connections().stream()
                    .filter(each -> each.tuple().localAddress().v6() == v6)
                    .forEach(each -> add(answers, each, subflows));
        } else if (subflows) {
            Found found = find(request, at);
            add(answers, found.connection(), found.subflow());
        } else {
            add(answers, kernel.connection(request.getInt(at + COOKIE_AT)).orElseThrow(DiagProtocol::nothing));
        }
    }

    private record Found(KernelConnection connection, KernelSubflow subflow) {}

    /** A local and a remote port are enough to tell a subflow in a model. */
    private Found find(ByteBuffer request, int at) throws Refusal {
        int localPort = port(request, at + LOCAL_PORT_AT);
        int remotePort = port(request, at + REMOTE_PORT_AT);
        for (KernelConnection connection : kernel.connections()) {
            for (KernelSubflow each : connection.subflowTable().values()) {
                if (each.tuple().localPort() == localPort && each.tuple().remotePort() == remotePort) {
                    return new Found(connection, each);
                }
            }
        }
        throw nothing();
    }

    private void destroy(ByteBuffer request, int at) throws Refusal {
        if (!kernel.isPrivileged()) {
            throw Refusal.plain(Errno.EPERM);
        }
        Found found = find(request, at);
        found.connection().closeSubflow(found.subflow().tuple(), Errno.ECONNABORTED);
    }

    private static Refusal nothing() {
        return Refusal.plain(Errno.ENOENT);
    }

    private static int port(ByteBuffer buffer, int at) {
        return (buffer.get(at) & 0xff) << 8 | buffer.get(at + 1) & 0xff;
    }

    private static void add(Answers answers, KernelConnection connection, boolean subflows) {
        if (subflows) {
            List.copyOf(connection.subflowTable().values()).forEach(each -> add(answers, connection, each));
        } else {
            add(answers, connection);
        }
    }

    private static void add(Answers answers, KernelConnection connection) {
        answers.add(BY_FAMILY, writer -> {
            header(writer, connection.tuple(), ESTABLISHED);
            // struct mptcp_info of 96 bytes: the number of subflows first, the token at 12
            ByteBuffer info = ByteBuffer.allocate(96).order(ByteOrder.nativeOrder());
            info.put(0, (byte) (connection.subflowTable().size() - 1));
            info.putInt(12, connection.token().value());
            writer.bytes(INFO, info.array());
        });
    }

    private static void add(Answers answers, KernelConnection connection, KernelSubflow subflow) {
        answers.add(BY_FAMILY, writer -> {
            header(writer, subflow.tuple(), subflow.connecting() ? SYN_SENT : ESTABLISHED);
            int ulp = writer.nest(ULP_INFO);
            int mptcp = writer.nest(ULP_MPTCP);
            writer.u32(2, connection.token().value()).u32(8, flags(connection, subflow));
            writer.u8(9, subflow.remoteId()).u8(10, subflow.localId());
            writer.endNest(mptcp).endNest(ulp);
        });
    }

    /** MPTCP_SUBFLOW_FLAG_*. */
    private static int flags(KernelConnection connection, KernelSubflow subflow) {
        int capable = subflow.openedHere() ? 0x3 : 0x1;
        int join = subflow.openedHere() ? 0x8 : 0x4;
        boolean fully = !subflow.connecting() && connection.isEstablished();
        return (subflow.initial() ? capable : join)
                | (subflow.backupByPeer() ? 0x10 : 0)
                | (subflow.backupHere() ? 0x20 : 0)
                | (fully ? 0x40 : 0);
    }

    /** struct inet_diag_msg of 72 bytes: u8 family, state, timer, retransmits; the ends; the rest stays 0. */
    private static void header(MessageWriter writer, FourTuple tuple, int state) {
        writer.rawU8(tuple.localAddress().v6() ? Uapi.AF_INET6 : Uapi.AF_INET)
                .rawU8(state)
                .rawU16(0);
        writer.rawBe16(tuple.localPort()).rawBe16(tuple.remotePort());
        address(writer, tuple.localAddress());
        address(writer, tuple.remoteAddress());
        writer.rawZeros(32);
    }

    private static void address(MessageWriter writer, IpAddress address) {
        if (address.v6()) {
            writer.rawBe64(address.high()).rawBe64(address.low());
        } else {
            writer.rawBe32((int) address.low()).rawZeros(12);
        }
    }
}
