package org.smapp.netlink;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.smapp.netlink.vectors.Vectors;

/** Reads and writes the messages of a real kernel. */
class GoldenMessagesTest {

    private static final int MPTCP_PM = 0x1c;
    private static final int REQUEST_AND_ACK = MessageFlags.REQUEST | MessageFlags.ACKNOWLEDGE;
    private static final int ADDR = 1;
    private static final int TOKEN = 4;
    private static final int ADDR_REMOTE = 6;

    /** Provoked errors: requests whose attributes are broken on purpose. */
    private static final Set<String> BROKEN_ATTRIBUTES =
            Set.of("386_err_announce__attr_len_3___4__req", "387_err_announce__attr_len_beyond_message_req");

    private static final Pattern OTHER_HEADERS = Pattern.compile("_diag_|_route_|_rule_|header_only");

    private final MessageReader reader = new MessageReader();

    @Test
    void everyMessageWalksToItsEnd() {
        List<String> names = Vectors.names(name -> true);
        assertEquals(314, names.size());
        for (String name : names) {
            reader.wrap(Vectors.message(name));
            assertTrue(reader.next(), name);
            assertFalse(reader.next(), name);
            assertFalse(reader.malformed(), name);
        }
    }

    @Test
    void everyAttributeWalksToItsEnd() {
        for (String name : Vectors.names(name -> !OTHER_HEADERS.matcher(name).find())) {
            reader.wrap(Vectors.message(name)).next();
            if (reader.type() < MessageType.GENERIC_CONTROLLER) {
                continue;
            }
            AttributeReader attributes = reader.attributes(MessageReader.GENERIC_HEADER_BYTES);
            while (attributes.next()) {
                assertTrue(attributes.type() > 0, name);
            }
            assertEquals(BROKEN_ATTRIBUTES.contains(name), attributes.malformed(), name);
        }
    }

    @Test
    void headerAndAttributesOfAnEvent() {
        ByteBuffer event = Vectors.message("059_ev_sub_established_client_v6");
        reader.wrap(event).next();

        assertEquals(MPTCP_PM, reader.type());
        assertEquals(0, reader.flags());
        assertEquals(0, reader.sequence());
        assertEquals(0, reader.portId());
        assertEquals(10, reader.genlCommand());
        AttributeReader attributes = reader.attributes(MessageReader.GENERIC_HEADER_BYTES);
        StringBuilder seen = new StringBuilder();
        while (attributes.next()) {
            seen.append(attributes.type()).append('=').append(value(attributes)).append(' ');
        }
        assertEquals(
                "1=1265812681 2=10 6=deadbeef00020000:2 8=deadbeef00010000:1 9=43613 10=5006 3=31 4=0 11=0 ",
                seen.toString());
    }

    private static String value(AttributeReader attribute) {
        return switch (attribute.type()) {
            case 1 -> Integer.toUnsignedString(attribute.u32());
            case 2 -> Integer.toString(attribute.u16());
            case 6, 8 -> Long.toHexString(attribute.be64(0)) + ":" + Long.toHexString(attribute.be64(8));
            case 9, 10 -> Integer.toString(attribute.u16be());
            default -> Integer.toString(attribute.u8());
        };
    }

    @Test
    void everyAcknowledgementAndErrorDecodes() {
        Map<String, String> errors = Vectors.errors();
        assertEquals(119, errors.size());
        errors.forEach((name, line) -> {
            reader.wrap(Vectors.message(name)).next();
            NetlinkError error = NetlinkError.decode(reader);
            assertEquals(line, inColumns(error), name);
        });
    }

    private static String inColumns(NetlinkError error) {
        return error.errno() + " " + orDash(error.offset()) + " " + orDash(error.missingAttribute()) + " "
                + (error.text().isEmpty() ? "-" : error.text());
    }

    private static String orDash(int number) {
        return number < 0 ? "-" : Integer.toString(number);
    }

    @Test
    void errorsReadWell() {
        reader.wrap(Vectors.message("392_ackvariant_ext1_cap1_err")).next();
        assertEquals(
                "EINVAL (22): invalid token, at byte 56",
                NetlinkError.decode(reader).toString());
        reader.wrap(Vectors.message("303_err_announce__missing_token_rsp")).next();
        assertEquals(
                "EINVAL (22), attribute 4 is missing",
                NetlinkError.decode(reader).toString());
    }

    @Test
    void writesTheRequestForAFamily() {
        MessageWriter writer = new MessageWriter();
        writer.begin(MessageType.GENERIC_CONTROLLER, MessageFlags.REQUEST, 1).genl(3, 1);
        writer.string(2, "mptcp_pm");

        assertWrites("001_ctrl_getfamily_req", writer);
    }

    @Test
    void writesNestedAttributes() {
        MessageWriter writer = new MessageWriter();
        writer.begin(MPTCP_PM, REQUEST_AND_ACK, 12).genl(10, 1);
        int local = writer.nest(ADDR);
        writer.be32(3, 0x0a000302).u16(1, 2).u8(2, 20).u32(6, 4).s32(7, 4).endNest(local);
        writer.u32(TOKEN, (int) 2706172147L);
        int remote = writer.nest(ADDR_REMOTE);
        writer.be32(3, 0x0a000101).u16(1, 2).u16(5, 5001).endNest(remote);

        assertWrites("041_cmd_subflow_create_backup_ifidx_req", writer);
    }

    @Test
    void writesIpv6Addresses() {
        MessageWriter writer = new MessageWriter();
        writer.begin(MPTCP_PM, REQUEST_AND_ACK, 4).genl(8, 1);
        int address = writer.nest(ADDR);
        writer.be128(4, 0xdeadbeef00020000L, 2).u16(1, 10).u8(2, 12).u32(6, 1).endNest(address);
        writer.u32(TOKEN, (int) 2706172147L);

        assertWrites("014_cmd_announce_v6_on_v4conn_req", writer);
    }

    @Test
    void writesOverWhatWasThereBefore() {
        MessageWriter writer = new MessageWriter(64);
        byte[] ones = new byte[48];
        Arrays.fill(ones, (byte) 0xff);
        writer.begin(MPTCP_PM, 0, 1).rawBytes(ones);
        writer.begin(MPTCP_PM, REQUEST_AND_ACK, 0).genl(6, 1);
        writer.finish();

        ByteBuffer expected = Vectors.message("088_cmd_get_limits_req").putInt(MessageReader.SEQUENCE_AT, 0);
        assertEquals(expected, writer.finish());
    }

    @Test
    void writesSeveralMessagesIntoOneDatagram() {
        MessageWriter writer = new MessageWriter();
        writer.begin(MPTCP_PM, 0, 1).genl(3, 1).u8(1, 7);
        writer.beginAnother(MessageType.DONE, MessageFlags.MULTIPART, 2, 77).rawU32(0);

        reader.wrap(writer.finish());
        assertTrue(reader.next());
        assertEquals(3, reader.genlCommand());
        assertTrue(reader.next());
        assertEquals(MessageType.DONE, reader.type());
        assertEquals(2, reader.sequence());
        assertEquals(77, reader.portId());
        assertFalse(reader.next());
        assertFalse(reader.malformed());
    }

    private static void assertWrites(String name, MessageWriter writer) {
        ByteBuffer datagram = writer.finish();
        byte[] written = new byte[datagram.remaining()];
        datagram.get(written);
        assertArrayEquals(Vectors.bytes(name), written, name);
    }
}
