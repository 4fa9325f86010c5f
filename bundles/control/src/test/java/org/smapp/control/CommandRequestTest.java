package org.smapp.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.smapp.api.Command;
import org.smapp.api.IpAddress;
import org.smapp.api.LocalAddress;
import org.smapp.api.Token;
import org.smapp.api.TransportAddress;

class CommandRequestTest {

    private static final Token TOKEN = new Token(0xfbdb7365);
    private static final String HEAD = "{\"op\":\"submit\",\"token\":4225463141,\"command\":";
    private static final String ENDS =
            ",\"localAddress\":\"10.0.2.1\",\"localPort\":40001,\"remoteAddress\":\"10.0.9.2\",\"remotePort\":80";

    @Test
    void shouldReadACreateWithWhatIsNecessary() throws BadRequest {
        Command command = command(HEAD
                + "\"create\",\"localAddress\":\"10.0.2.1\",\"remoteAddress\":\"2001:db8::1\",\"remotePort\":443}");

        assertEquals(
                new Command.CreateSubflow(
                        TOKEN, local(0), Command.CHOOSE_ID, new TransportAddress(ip("2001:db8::1"), 443), false, 0),
                command);
    }

    @Test
    void shouldReadACreateWithEverything() throws BadRequest {
        Command command =
                command(HEAD + "\"create\"" + ENDS + ",\"localId\":0,\"backup\":true,\"interface\":\"wan1\"}");

        assertEquals(
                new Command.CreateSubflow(TOKEN, local(40001), 0, new TransportAddress(ip("10.0.9.2"), 80), true, 7),
                command);
    }

    @Test
    void shouldReadTheOthers() throws BadRequest {
        assertEquals(
                new Command.DestroySubflow(TOKEN, FakePathManager.SECOND), command(HEAD + "\"destroy\"" + ENDS + "}"));
        assertEquals(
                new Command.SetBackup(TOKEN, FakePathManager.SECOND, true),
                command(HEAD + "\"setBackup\"" + ENDS + ",\"backup\":true}"));
        assertEquals(
                new Command.Announce(TOKEN, local(0), Command.CHOOSE_ID),
                command(HEAD + "\"announce\",\"localAddress\":\"10.0.2.1\"}"));
        assertEquals(new Command.Withdraw(TOKEN, 0), command(HEAD + "\"withdraw\",\"localId\":0}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"dance\"}|Unknown command \"dance\". There are: create, destroy, announce, withdraw, setBackup.",
                "\"withdraw\"}|The request has no \"localId\".",
                "\"withdraw\",\"localId\":256}|\"localId\" is 256, but goes from 0 to 255.",
                "\"withdraw\",\"localId\":1.5}|\"localId\" is not a whole number: 1.5",
                "\"withdraw\",\"localId\":[1]}|\"localId\" is not a plain value.",
                "\"announce\",\"localAddress\":\"gw\"}|\"localAddress\": \"gw\" is not an IPv4 or IPv6 address",
                "\"announce\",\"localAddress\":7}|\"localAddress\" is not a string.",
                "\"announce\",\"localAddress\":\"::1\",\"localId\":0}|\"localId\" is 0, but goes from 1 to 255.",
                "\"setBackup\"" + ENDS + ",\"backup\":1}|\"backup\" is neither true nor false.",
                "\"create\"" + ENDS + ",\"interface\":\"wan9\"}|No usable local address is on an interface \"wan9\"."
            })
    void shouldSayWhatIsWrong(String rest, String sentence) {
        BadRequest refused = assertThrows(BadRequest.class, () -> command(HEAD + rest));

        assertEquals(sentence, refused.getMessage());
    }

    @Test
    void shouldReadTokensInHexadecimalToo() throws BadRequest {
        assertEquals(
                new Command.Withdraw(TOKEN, 1),
                command("{\"op\":\"submit\",\"token\":\"0xfbdb7365\",\"command\":\"withdraw\",\"localId\":1}"));
    }

    /** Whatever comes in, there is a sentence for it. */
    @Property
    void shouldRefuseNonsenseWithASentence(@ForAll String line) {
        assertThrows(BadRequest.class, () -> command(line));
    }

    private static Command command(String line) throws BadRequest {
        List<LocalAddress> addresses = List.of(new LocalAddress(ip("10.0.2.1"), 24, 7, "wan1"));
        return new CommandRequest(Request.parse(line), addresses).command();
    }

    private static TransportAddress local(int port) {
        return new TransportAddress(ip("10.0.2.1"), port);
    }

    private static IpAddress ip(String text) {
        return IpAddress.parse(text);
    }
}
