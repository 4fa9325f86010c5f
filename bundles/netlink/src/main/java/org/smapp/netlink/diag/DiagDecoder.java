package org.smapp.netlink.diag;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.smapp.netlink.AttributeReader;
import org.smapp.netlink.MessageReader;

/** Decodes the answers of sock_diag (linux/inet_diag.h). Stateless. */
final class DiagDecoder {

    /** struct inet_diag_msg: u8 family, state, timer, retransmits; id; u32 expires, queues; u32 uid, inode. */
    static final int HEADER_BYTES = 72;

    private static final int STATE_AT = 1;
    private static final int ID_AT = 4;
    private static final int UID_AT = 64;
    private static final int INODE_AT = 68;

    private static final int INET_DIAG_INFO = 2;
    private static final int INET_DIAG_CONG = 4;
    private static final int INET_DIAG_ULP_INFO = 19;
    private static final int INET_ULP_INFO_MPTCP = 3;

    private static final boolean LITTLE = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

    private DiagDecoder() {}

    /** Returns the connection that a message describes, or nothing if it is malformed or describes none. */
    static Optional<MptcpSocket> connection(MessageReader message) {
        AttributeReader attributes = message.attributes(HEADER_BYTES);
        if (attributes.malformed()) {
            return Optional.empty();
        }
        while (attributes.next()) {
            if (attributes.type() == INET_DIAG_INFO) {
                MptcpSocket socket = connection(message, new StructReader(attributes));
                return socket.token() == 0 ? Optional.empty() : Optional.of(socket);
            }
        }
        return Optional.empty();
    }

    /** Struct mptcp_info. */
    private static MptcpSocket connection(MessageReader message, StructReader info) {
        boolean fallback = (info.u32(8) & 1) != 0;
        return new MptcpSocket(
                id(message),
                state(message),
                field(message, UID_AT),
                field(message, INODE_AT),
                (int) info.u32(12),
                info.u8(0),
                fallback,
                info.u64(16),
                info.u64(24),
                info.u64(32),
                info.u64(56),
                info.u64(64),
                info.u64(48),
                info.u64(72),
                (int) info.u32(8),
                info.u8(80),
                info.u32(44),
                info.u32(84),
                info.u32(88),
                info.u32(92));
    }

    /** Returns the subflow that a message describes, or nothing if it is malformed or plain TCP. */
    static Optional<SubflowSocket> subflow(MessageReader message) {
        AttributeReader attributes = message.attributes(HEADER_BYTES);
        if (attributes.malformed()) {
            return Optional.empty();
        }
        TcpInfo tcp = TcpInfo.NONE;
        String congestionControl = "";
        SubflowFields subflow = new SubflowFields();
        while (attributes.next()) {
            switch (attributes.type()) {
                case INET_DIAG_INFO -> tcp = TcpInfo.of(new StructReader(attributes));
                case INET_DIAG_CONG -> congestionControl = attributes.string();
                case INET_DIAG_ULP_INFO -> subflow.takeAll(attributes);
                default -> {}
            }
        }
        if (attributes.malformed() || subflow.token == 0) {
            return Optional.empty();
        }
        return Optional.of(new SubflowSocket(
                id(message),
                state(message),
                field(message, UID_AT),
                field(message, INODE_AT),
                subflow.token,
                subflow.remoteToken,
                subflow.localId,
                subflow.remoteId,
                subflow.flags,
                tcp,
                congestionControl));
    }

    /** What MPTCP_SUBFLOW_ATTR_* tell (linux/mptcp.h), collected. */
    private static final class SubflowFields {
        int token;
        int remoteToken;
        int localId;
        int remoteId;
        int flags;

        void takeAll(AttributeReader ulp) {
            AttributeReader kinds = ulp.nested(new AttributeReader());
            AttributeReader fields = new AttributeReader();
            while (kinds.next()) {
                if (kinds.type() == INET_ULP_INFO_MPTCP) {
                    kinds.nested(fields);
                    while (fields.next()) {
                        take(fields);
                    }
                }
            }
        }

        private void take(AttributeReader field) {
            switch (field.type()) {
                case 1 -> remoteToken = field.u32();
                case 2 -> token = field.u32();
                case 8 -> flags = field.u32();
                case 9 -> remoteId = field.u8();
                case 10 -> localId = field.u8();
                default -> {}
            }
        }
    }

    private static int state(MessageReader message) {
        return message.buffer().get(message.payloadStart() + STATE_AT) & 0xff;
    }

    private static long field(MessageReader message, int at) {
        return Integer.toUnsignedLong(message.buffer().getInt(message.payloadStart() + at));
    }

    private static SocketId id(MessageReader message) {
        ByteBuffer buffer = message.buffer();
        int at = message.payloadStart() + ID_AT;
        boolean v6 = (buffer.get(message.payloadStart()) & 0xff) == DiagEncoder.AF_INET6;
        return new SocketId(
                v6,
                v6 ? be64(buffer, at + 4) : 0,
                v6 ? be64(buffer, at + 12) : be32(buffer, at + 4),
                be16(buffer, at),
                v6 ? be64(buffer, at + 20) : 0,
                v6 ? be64(buffer, at + 28) : be32(buffer, at + 20),
                be16(buffer, at + 2),
                buffer.getInt(at + 36),
                Integer.toUnsignedLong(buffer.getInt(at + 40)) | (long) buffer.getInt(at + 44) << Integer.SIZE);
    }

    private static int be16(ByteBuffer buffer, int at) {
        return Short.toUnsignedInt(LITTLE ? Short.reverseBytes(buffer.getShort(at)) : buffer.getShort(at));
    }

    private static long be32(ByteBuffer buffer, int at) {
        return Integer.toUnsignedLong(LITTLE ? Integer.reverseBytes(buffer.getInt(at)) : buffer.getInt(at));
    }

    private static long be64(ByteBuffer buffer, int at) {
        return LITTLE ? Long.reverseBytes(buffer.getLong(at)) : buffer.getLong(at);
    }
}
