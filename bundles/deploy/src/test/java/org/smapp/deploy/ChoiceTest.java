package org.smapp.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Version;

final class ChoiceTest {

    private static final String MESH = "org.smapp.controller.fullmesh";
    private static final Set<String> PLATFORM = Set.of("org.smapp.core");

    @Test
    void shouldTakeOneOfTwoFilesWithTheSameBundle() {
        Jar first = jar("a.jar", MESH, "1.0.0", "1");
        Jar second = jar("b.jar", MESH, "1.0.0", "1");

        Choice choice = Choice.of(List.of(second, first), List.of(), PLATFORM);

        assertEquals(List.of(first), List.copyOf(choice.wanted().values()));
        assertEquals(
                "b.jar waits: a.jar is the same bundle org.smapp.controller.fullmesh 1.0.0; remove one of them",
                choice.refused().get("b.jar"));
    }

    @Test
    void shouldKeepTheFileThatRunsWhenAnotherClaimsItsName() {
        Jar runs = jar("z.jar", MESH, "1.0.0", "1");
        Jar claims = jar("a.jar", MESH, "1.0.0", "2");

        Choice choice = Choice.of(List.of(claims, runs), List.of(runs.location()), PLATFORM);

        assertEquals(List.of(runs), List.copyOf(choice.wanted().values()));
        assertTrue(choice.refused().get("a.jar").contains("as z.jar does, which stays"));
    }

    @Test
    void shouldTakeTheOtherFileOnceTheFirstIsGone() {
        Jar second = jar("b.jar", MESH, "1.0.0", "1");

        Choice choice = Choice.of(
                List.of(second), List.of(jar("a.jar", MESH, "1.0.0", "1").location()), PLATFORM);

        assertEquals(List.of(second), List.copyOf(choice.wanted().values()));
    }

    @Test
    void shouldLetNoFileReplaceThePlatform() {
        Choice choice = Choice.of(List.of(jar("core.jar", "org.smapp.core", "9.0.0", "1")), List.of(), PLATFORM);

        assertTrue(choice.wanted().isEmpty());
        assertTrue(choice.refused().get("core.jar").contains("of a bundle of the platform, which stays"));
    }

    @Test
    void shouldTakeTwoVersions() {
        Jar older = jar("a.jar", MESH, "1.0.0", "1");
        Jar newer = jar("b.jar", MESH, "1.1.0", "2");

        assertEquals(
                Set.of(older.location(), newer.location()),
                Choice.of(List.of(older, newer), List.of(), PLATFORM).wanted().keySet());
    }

    private static Jar jar(String file, String name, String version, String checksum) {
        return new Jar(Path.of("deploy", file), name, Version.parseVersion(version), checksum);
    }
}
