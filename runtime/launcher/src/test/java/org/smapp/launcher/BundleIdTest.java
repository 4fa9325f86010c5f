package org.smapp.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class BundleIdTest {

    private static final Path REPOSITORY = Path.of("repository");

    @Test
    void shouldFindTheFileInAMavenRepository() {
        BundleId id = BundleId.parse("org.smapp:api:1.0.0");

        assertEquals(Path.of("repository/org/smapp/api/1.0.0/api-1.0.0.jar"), id.file(REPOSITORY));
        assertEquals("mvn:org.smapp/api/1.0.0", id.location());
    }

    @Test
    void shouldTellClassifiersApart() {
        BundleId id = BundleId.parse("org.smapp:logging:jar:glue:1.0.0");

        assertEquals(Path.of("repository/org/smapp/logging/1.0.0/logging-1.0.0-glue.jar"), id.file(REPOSITORY));
        assertEquals("mvn:org.smapp/logging/1.0.0/jar/glue", id.location());
    }

    @Test
    void shouldRefuseWhatIsNoCoordinate() {
        assertThrows(IllegalArgumentException.class, () -> BundleId.parse("api-1.0.0.jar"));
    }
}
