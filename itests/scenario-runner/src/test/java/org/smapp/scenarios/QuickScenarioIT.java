package org.smapp.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.smapp.testkit.lab.LabAssumptions;
import org.smapp.testkit.lab.Link;
import picocli.CommandLine;

/** The runner works, and so do the full mesh and flow-based load balancing; how well is for {@code itests/scenarios} to say. */
final class QuickScenarioIT {

    private static final Path SMAPP =
            Path.of("../../runtime/target/smapp").toAbsolutePath().normalize();

    @TempDir
    private Path results;

    private List<String> measure(String scenario) throws Exception {
        LabAssumptions.traffic(Link.Kind.TAP);

        int status = new CommandLine(new Scenarios())
                .execute(
                        scenario,
                        "--quick",
                        "--only=smapp",
                        "--smapp=" + SMAPP,
                        "--prefix=quick-" + ProcessHandle.current().pid(),
                        "--results=" + results);

        assertTrue(status == 0 || status == Scenarios.MISSED, "status " + status);
        assertTrue(Files.size(results.resolve(scenario + ".png")) > 0);
        List<String> samples = Files.readAllLines(results.resolve(scenario + ".csv"));
        assertFalse(samples.stream().anyMatch(line -> line.endsWith(",never")), samples::toString);
        return samples;
    }

    @Test
    @Timeout(120)
    void shouldMeasureTheMesh() throws Exception {
        List<String> samples = measure("s1");
        assertEquals(
                3,
                samples.stream()
                        .filter(line -> line.endsWith("data lost,bytes,0,0.000"))
                        .count());
        assertTrue(
                Files.readString(results.resolve("s1.md")).contains("| carrier lost and back | smapp fullmesh | 1 |"));
    }

    @Test
    @Timeout(120)
    void shouldMeasureABalancedTransfer() throws Exception {
        List<String> samples = measure("s4");
        assertTrue(
                samples.stream().anyMatch(line -> line.matches("10 MB,smapp flowlb,1,paths used,,0,[2-4].000")),
                samples::toString);
    }
}
