package org.smapp.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.inject.Inject;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.smapp.api.ConnectionSnapshot;
import org.smapp.api.PathManager;
import org.smapp.api.Subflow;
import org.smapp.api.SubflowState;
import org.smapp.launcher.AssembledPlatform;
import org.smapp.testkit.lab.Deadline;
import org.smapp.testkit.lab.Download;
import org.smapp.testkit.lab.GatewayLab;

/** The gateway does its work, and leaves the host as it found it. */
@RunWith(LabRunner.class)
@ExamReactorStrategy(PerClass.class)
public class GatewayIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration TRANSFER_LIMIT = Duration.ofSeconds(60);

    @Inject
    private BundleContext context;

    @Inject
    private PathManager pathManager;

    @Inject
    private GatewayLab lab;

    @Configuration
    public Option[] configuration() {
        return AssembledPlatform.named("it-gateway").inPaxExam();
    }

    @Test
    public void shouldSpreadADownloadOverBothLines() throws Exception {
        try (Traffic traffic = Traffic.serve(lab, 8 << 20)) {
            Download download = traffic.download();
            Deadline.waitFor("a subflow over each line", SOON, () -> meshed().isPresent());
            ConnectionSnapshot connection = meshed().orElseThrow();

            assertEquals("fullmesh", connection.controller());
            assertEquals(
                    List.of("wan1", "wan2"),
                    connection.subflows().stream().map(Subflow::interfaceName).toList());
            assertEquals(traffic.sha256(), download.await(TRANSFER_LIMIT).sha256());
            long overLte = GatewayLab.downloadedBytes(lab.lte());
            assertTrue(overLte + " bytes over the second line", overLte > 100_000);
            Deadline.waitFor(
                    "the connection is forgotten",
                    SOON,
                    () -> pathManager.connections().isEmpty());
        }
    }

    private Optional<ConnectionSnapshot> meshed() {
        return pathManager.connections().stream()
                .filter(each -> each.subflows().stream()
                                .filter(subflow -> subflow.state() == SubflowState.ESTABLISHED)
                                .count()
                        == 2)
                .findFirst();
    }

    @Test
    public void shouldGiveConnectionsBackToTheKernelWhenItStops() throws BundleException {
        Bundle core = Arrays.stream(context.getBundles())
                .filter(each -> "org.smapp.core".equals(each.getSymbolicName()))
                .findFirst()
                .orElseThrow();
        assertEquals("1", lab.gateway().sysctl("net.mptcp.pm_type"));
        core.stop();
        assertEquals("0", lab.gateway().sysctl("net.mptcp.pm_type"));
        core.start();
        Deadline.waitFor(
                "SMAPP takes over again",
                SOON,
                () -> lab.gateway().sysctl("net.mptcp.pm_type").equals("1"));
    }
}
