package org.smapp.core.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChangedSettingsTest {

    private static final String SETTING = "net.mptcp.pm_type";

    @TempDir
    Path folder;

    private Path file;
    private Path namespace;

    @BeforeEach
    void makeNamespace() throws IOException {
        file = folder.resolve(ChangedSettings.FILE);
        namespace = Files.createFile(folder.resolve("namespace"));
    }

    @Test
    void shouldBeKnownAfterACrash() {
        new ChangedSettings(file, namespace).willChange(SETTING, "0");

        assertEquals("0", new ChangedSettings(file, namespace).before(SETTING));
    }

    @Test
    void shouldBeForgottenOnceItIsGivenBack() {
        ChangedSettings changed = new ChangedSettings(file, namespace);
        changed.willChange(SETTING, "0");
        changed.gaveBack(SETTING);

        assertNull(new ChangedSettings(file, namespace).before(SETTING));
        assertFalse(Files.exists(file));
    }

    @Test
    void shouldNotBeTakenForAnotherNamespaceOfTheSameName() throws IOException {
        new ChangedSettings(file, namespace).willChange(SETTING, "0");
        Files.move(
                Files.createFile(folder.resolve("next")),
                Files.move(namespace, folder.resolve("old")).resolveSibling("namespace"));

        assertNull(new ChangedSettings(file, namespace).before(SETTING));
    }

    @Test
    void shouldBeOfNoMatterWhereTheFileIsDamagedOrCannotBeWritten() throws IOException {
        Files.writeString(file, "identity=\\u12");
        assertNull(new ChangedSettings(file, namespace).before(SETTING));

        ChangedSettings changed = new ChangedSettings(folder.resolve("missing/file"), namespace);
        changed.willChange(SETTING, "0");
        assertEquals("0", changed.before(SETTING));
    }
}
