package org.smapp.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CompositionTest {

    @TempDir
    private Path folder;

    @Test
    void shouldPutTheWantedFeaturesTogether() throws IOException, StartException {
        write("a.json", "{'bundles': [{'id': 'g:a:1', 'start-order': 5}], 'framework-properties': {'x': '1'}}");
        write("b.json", "{'bundles': [{'id': 'g:b:1', 'start-order': 20}], 'framework-properties': {'y': '2'}}");
        write("console.json", "{'bundles': [{'id': 'g:c:1', 'start-order': 30}]}");

        Composition composition = Composition.read(folder, name -> !name.equals("console"));

        assertEquals(List.of(new Feature.Entry("g:a:1", 5), new Feature.Entry("g:b:1", 20)), composition.bundles());
        assertEquals(Map.of("x", "1", "y", "2"), composition.frameworkProperties());
        assertEquals(20, composition.highestStartLevel());
    }

    @Test
    void shouldNameTheFileThatIsNoJson() throws IOException {
        write("a.json", "{'bundles': [");

        StartException e = assertThrows(StartException.class, () -> Composition.read(folder, name -> true));

        assertTrue(e.getMessage().contains("a.json"), e.getMessage());
    }

    @Test
    void shouldSayThatThereAreNone() {
        Path missing = folder.resolve("missing");

        StartException e = assertThrows(StartException.class, () -> Composition.read(missing, name -> true));

        assertTrue(e.getMessage().contains(missing.toString()), e.getMessage());
    }

    private void write(String name, String json) throws IOException {
        Files.writeString(folder.resolve(name), json.replace('\'', '"'));
    }
}
