package org.smapp.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FileParserTest {

    private static final Map<String, String> PROPERTIES = Map.of("smapp.data", "/var/lib/smapp");

    private static ParsedFile parse(String text) {
        return FileParser.parse(text, PROPERTIES::get);
    }

    private static Map<String, Object> values(String text) {
        ParsedFile parsed = parse(text);
        assertEquals(List.of(), parsed.problems());
        return Intake.values(parsed);
    }

    @Test
    void shouldReadWhatIsWrittenByHand() {
        assertEquals(
                Map.of("ranking", "50", "side", "any", "empty", "", "path", "/var/lib/smapp/x", "colon", "a=b"),
                values("# a rule\r\n\r\n  ranking = 50  \t\r\nside=any\nempty =\npath = ${smapp.data}/x\ncolon: a=b"));
    }

    @Test
    void shouldReadWhatTheConsoleWrote() {
        assertEquals(
                Map.of("number", "50", "list", List.of("a", "b\"c"), "none", List.of(), "flag", "true"), values("""
                        :org.apache.felix.configadmin.revision:=L"3"
                        number=I"50"
                        list=[ \\
                          "a", \\
                          "b\\"c", \\
                          ]
                        none = [ ]
                        flag=B"true"
                        service.pid="org.smapp.rule~x"
                        """));
    }

    @Test
    void shouldReadListsAsPeopleWriteThem() {
        List<String> both = List.of("docker*", "wg0");
        assertEquals(
                Map.of("a", both, "b", both, "c", both, "d", both),
                values(
                        "a = [\"docker*\",\"wg0\"]\nb = [ docker*, wg0 ]\nc = \"docker*\", \"wg0\"\nd = [\n  \"docker*\"\n  , \"wg0\",\n]\n"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x = [ \"docker*\", \"wg0\" | x: the list '[ \"docker*\", \"wg0\"' has no end: write a ] after its last entry",
                "x = \"docker | x: '\"docker' has no quote at its end",
                "x = \"a\" b | x: 'b' is too much: nothing comes after the last quote",
                "x = ${nobody} | x: there is no property 'nobody'",
                "{{{ | line 1: '{{{' is not key = value",
                "two words = 3 | line 1: 'two words = 3' is not key = value",
            })
    void shouldSayWhatMakesNoSense(String text, String sentence) {
        assertEquals(List.of(sentence), parse(text).problems());
        assertEquals("2", Intake.values(parse(text + "\nnext = 2\n")).get("next"), "the next line is read");
    }

    @Test
    void shouldNameAKeyThatIsThereTwice() {
        assertEquals(
                List.of("x: is there twice, in line 1 and in line 3; remove one"),
                parse("x = 1\n\nx = 2\n").problems());
    }

    @Test
    void shouldDecodeWhatEditorsLeave() throws WrongConfiguration {
        assertEquals("side = any", ConfigText.decode("\uFEFFside = any".getBytes(StandardCharsets.UTF_8)));
        assertEquals("side = any", ConfigText.decode("\uFEFFside = any".getBytes(StandardCharsets.UTF_16LE)));
        assertEquals("# f\u00fcr", ConfigText.decode("# f\u00fcr".getBytes(StandardCharsets.UTF_8)));
        assertEquals("# f\u00fcr", ConfigText.decode("# f\u00fcr".getBytes(StandardCharsets.ISO_8859_1)));
        assertEquals("a b", ConfigText.decode("a\u00a0b".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void shouldRefuseWhatIsNoText() {
        byte[] rubbish = {'a', '\n', 1, (byte) 0xff, (byte) 0x83, '\n'};
        WrongConfiguration e = assertThrows(WrongConfiguration.class, () -> ConfigText.decode(rubbish));
        assertEquals("line 2 is no text: write key = value in each line", e.getMessage());
    }
}
