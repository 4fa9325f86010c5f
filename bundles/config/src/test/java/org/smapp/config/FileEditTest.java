package org.smapp.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class FileEditTest {

    private static ParsedFile parse(String text) {
        return FileParser.parse(text, name -> null);
    }

    @Test
    void shouldLeaveCommentsWhereTheyAre() {
        String before = """
                # For the branch office.
                ranking = 5
                # only web
                remotePorts = [ "443",
                                "8443" ]
                #side = any

                controller = fullmesh
                """;
        Map<String, Object> values = new LinkedHashMap<>(parse(before).entries().size());
        values.put("ranking", "7");
        values.put("side", "client");
        values.put("controller", "fullmesh");
        values.put("uids", List.of("0", "1000-1999"));

        String after = FileEdit.with(before, parse(before), Set.of("ranking", "side", "uids"), values);

        assertEquals("""
                # For the branch office.
                ranking = 7
                # only web
                side = client

                controller = fullmesh
                uids = [ "0", "1000-1999" ]
                """, after);
    }

    @Test
    void shouldKeepTheLineEnds() {
        String before = "ranking = 5\r\nside = any\r\n";
        assertEquals(
                "ranking = 7\r\nside = any\r\n",
                FileEdit.with(before, parse(before), Set.of("ranking"), Map.of("ranking", "7", "side", "any")));
    }

    @Property(tries = 2000)
    void shouldWriteWhatIsReadAgain(@ForAll String text) {
        String value = text.strip();
        assertEquals(value, read(FileEdit.line("key", value)));
    }

    @Property(tries = 2000)
    void shouldWriteListsThatAreReadAgain(@ForAll @Size(max = 4) List<String> texts) {
        List<String> values = texts.stream().map(String::strip).toList();
        assertEquals(values, read(FileEdit.line("key", values)));
    }

    private static Object read(String line) {
        ParsedFile parsed = parse("before = 1\n" + line + "\nafter = 2\n");
        assertEquals(List.of(), parsed.problems(), line);
        assertEquals("2", parsed.entries().get("after").value());
        return parsed.entries().get("key").value();
    }
}
