package org.smapp.core.family.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.smapp.api.Command;
import org.smapp.api.FourTuple;
import org.smapp.api.IpAddress;
import org.smapp.api.Token;
import org.smapp.api.TransportAddress;
import org.smapp.netlink.MessageWriter;
import org.smapp.netlink.vectors.Vectors;

/** Commands against requests that the kernel was seen to take. */
final class CommandEncoderTest {

    private static final int FAMILY = 0x1c;
    private static final Token V4 = Token.parse("2706172147");
    private static final Token V6 = Token.parse("1265812681");
    private static final Token MAPPED = Token.parse("2726825968");

    static Stream<Arguments> commands() {
        return Stream.of(
                Arguments.of("008_cmd_announce_v4_req", new Command.Announce(V4, at("10.0.2.2", 0), 10)),
                Arguments.of("011_cmd_announce_v4_port_req", new Command.Announce(V4, at("10.0.3.2", 6000), 11)),
                Arguments.of(
                        "014_cmd_announce_v6_on_v4conn_req", new Command.Announce(V4, at("dead:beef:2::2", 0), 12)),
                Arguments.of("017_cmd_remove_req", new Command.Withdraw(V4, 11)),
                Arguments.of(
                        "020_cmd_subflow_create_v4_req",
                        new Command.CreateSubflow(V4, at("10.0.2.2", 0), 10, at("10.0.1.1", 5001), false, 0)),
                Arguments.of(
                        "041_cmd_subflow_create_backup_ifidx_req",
                        new Command.CreateSubflow(V4, at("10.0.3.2", 0), 20, at("10.0.1.1", 5001), true, 4)),
                Arguments.of(
                        "057_cmd_subflow_create_v6_req",
                        new Command.CreateSubflow(
                                V6, at("dead:beef:2::2", 0), 31, at("dead:beef:1::1", 5006), false, 0)),
                Arguments.of(
                        "024_cmd_set_flags_backup_req",
                        new Command.SetBackup(V4, tuple("10.0.2.2", 53485, "10.0.1.1", 5001), true)),
                Arguments.of(
                        "027_cmd_set_flags_nobackup_req",
                        new Command.SetBackup(V4, tuple("10.0.2.2", 53485, "10.0.1.1", 5001), false)),
                Arguments.of(
                        "037_cmd_subflow_destroy_v4_req",
                        new Command.DestroySubflow(V4, tuple("10.0.2.2", 53485, "10.0.1.1", 5001))),
                Arguments.of(
                        "061_cmd_subflow_destroy_v6_req",
                        new Command.DestroySubflow(V6, tuple("dead:beef:2::2", 43613, "dead:beef:1::1", 5006))),
                Arguments.of(
                        "073_cmd_subflow_destroy_v4mapped_req",
                        new Command.DestroySubflow(MAPPED, tuple("::ffff:10.0.1.1", 5007, "::ffff:10.0.2.2", 50507))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("commands")
    void shouldWriteTheSameBytes(String name, Command command) {
        ByteBuffer written =
                new CommandEncoder(new MessageWriter(), FAMILY).encode(command).finish();
        byte[] bytes = new byte[written.remaining()];
        written.get(bytes);
        assertEquals(withoutEnvelope(Vectors.bytes(name)), withoutEnvelope(bytes));
    }

    /** Flags and sequence number, bytes 6 to 11, are the requester's. */
    private static String withoutEnvelope(byte[] message) {
        String hex = HexFormat.of().formatHex(message);
        return hex.substring(0, 12) + "............" + hex.substring(24);
    }

    private static TransportAddress at(String address, int port) {
        return new TransportAddress(IpAddress.parse(address), port);
    }

    private static FourTuple tuple(String local, int localPort, String remote, int remotePort) {
        return new FourTuple(IpAddress.parse(local), localPort, IpAddress.parse(remote), remotePort);
    }
}
