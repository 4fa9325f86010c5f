package org.smapp.core.family.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.smapp.api.IpAddress;
import org.smapp.api.Token;
import org.smapp.netlink.MessageReader;
import org.smapp.netlink.MessageWriter;
import org.smapp.netlink.vectors.Vectors;

/** Requests and answers that no {@code Command} stands for, against captured messages. */
final class RequestAndAnswerTest {

    private static final int FAMILY = 0x1c;
    private static final int TOKEN = Token.parse("2706172147").value();

    private static RequestEncoder begin(int command) {
        return new RequestEncoder(new MessageWriter(), FAMILY).begin(command);
    }

    static Stream<Arguments> requests() {
        AddressFields endpoint =
                AddressFields.of(IpAddress.parse("10.0.2.1")).withPort(10100).withFlags(AddressFields.SIGNAL);
        return Stream.of(
                Arguments.of(
                        "083_cmd_add_addr_signal_port_req",
                        begin(Uapi.CMD_ADD_ADDR).local(endpoint)),
                Arguments.of("088_cmd_get_limits_req", begin(Uapi.CMD_GET_LIMITS)),
                Arguments.of("091_cmd_del_addr_req", begin(Uapi.CMD_DEL_ADDR).local(AddressFields.ofId(1))),
                Arguments.of("094_cmd_flush_req", begin(Uapi.CMD_FLUSH_ADDRS)),
                Arguments.of(
                        "030_cmd_get_addr_token_req",
                        begin(Uapi.CMD_GET_ADDR).local(AddressFields.ofId(10)).token(TOKEN)),
                Arguments.of("033_cmd_dump_token_req", begin(Uapi.CMD_GET_ADDR).token(TOKEN)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("requests")
    void shouldWriteTheSameBytes(String name, RequestEncoder request) {
        ByteBuffer written = request.end().finish();
        byte[] bytes = new byte[written.remaining()];
        written.get(bytes);
        assertEquals(withoutEnvelope(Vectors.bytes(name)), withoutEnvelope(bytes));
    }

    /** Flags and sequence number, bytes 6 to 11, are the requester's. */
    private static String withoutEnvelope(byte[] message) {
        String hex = HexFormat.of().formatHex(message);
        return hex.substring(0, 12) + "............" + hex.substring(24);
    }

    @Test
    void shouldReadAnAddressOfAConnection() {
        AddressFields expected = AddressFields.of(IpAddress.parse("10.0.2.2"))
                .withId(10)
                .withPort(0)
                .withFlags(AddressFields.SIGNAL);
        for (String name : List.of("032_cmd_get_addr_token_reply", "034_cmd_dump_token_part0")) {
            assertEquals(expected, AnswerDecoder.address(message(name)), name);
        }
    }

    @Test
    void shouldReadAnEndpointWithItsPort() {
        AddressFields endpoint = AnswerDecoder.address(message("086_cmd_dump_endpoints_part0"));
        assertEquals(10100, endpoint.port());
        assertEquals(1, endpoint.id());
        assertEquals("10.0.2.1", endpoint.address().toString());
    }

    @Test
    void shouldReadTheLimits() {
        assertEquals(new AnswerDecoder.Limits(0, 0), AnswerDecoder.limits(message("090_cmd_get_limits_reply")));
    }

    private static MessageReader message(String name) {
        MessageReader reader = new MessageReader().wrap(Vectors.message(name));
        reader.next();
        return reader;
    }
}
