package org.smapp.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.smapp.api.ControllerSnapshot;
import org.smapp.api.PathManager;
import org.smapp.launcher.AssembledPlatform;
import org.smapp.testkit.lab.GatewayLab;

/** Everything that the distribution holds starts, and has nothing to complain about. */
@RunWith(LabRunner.class)
@ExamReactorStrategy(PerClass.class)
public class BootIT {

    @Inject
    private BundleContext context;

    @Inject
    private ServiceComponentRuntime components;

    @Inject
    private PathManager pathManager;

    @Inject
    private GatewayLab lab;

    @Configuration
    public Option[] configuration() throws IOException {
        return AssembledPlatform.named("it-boot").console(freePort()).inPaxExam();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    @Test
    public void shouldHaveStartedEveryBundle() {
        List<String> down = Arrays.stream(context.getBundles())
                .filter(bundle -> !isUp(bundle))
                .map(bundle -> bundle + " is in state " + bundle.getState())
                .toList();
        assertEquals(List.of(), down);
    }

    private static boolean isUp(Bundle bundle) {
        boolean fragment = (bundle.adapt(BundleRevision.class).getTypes() & BundleRevision.TYPE_FRAGMENT) != 0;
        return bundle.getState() == (fragment ? Bundle.RESOLVED : Bundle.ACTIVE);
    }

    @Test
    public void shouldHaveSatisfiedEveryComponent() {
        List<String> waiting = new ArrayList<>();
        int satisfied = 0;
        for (ComponentDescriptionDTO description : components.getComponentDescriptionDTOs()) {
            for (ComponentConfigurationDTO configuration : components.getComponentConfigurationDTOs(description)) {
                boolean good = configuration.state == ComponentConfigurationDTO.SATISFIED
                        || configuration.state == ComponentConfigurationDTO.ACTIVE;
                satisfied += good ? 1 : 0;
                if (!good) {
                    waiting.add(description.name + " is in state " + configuration.state);
                }
            }
        }
        assertEquals(List.of(), waiting);
        assertTrue(satisfied + " components", satisfied >= 4);
    }

    @Test
    public void shouldManageTheGateway() {
        assertEquals(
                lab.gateway().namespace().file().toString(),
                pathManager.health().namespace());
        assertEquals("1", lab.gateway().sysctl("net.mptcp.pm_type"));
        assertEquals(
                List.of("backup 1.0.0", "flowlb 1.0.0", "fullmesh 1.0.0", "ndiffports 1.0.0", "streaming 1.0.0"),
                pathManager.controllers().stream().map(BootIT::shown).toList());
        assertEquals(
                List.of("10.71.1.2", "10.71.2.2"),
                pathManager.localAddresses().stream()
                        .filter(each -> !each.address().v6())
                        .map(each -> each.address().toString())
                        .toList());
    }

    private static String shown(ControllerSnapshot controller) {
        return controller.name() + " " + controller.version() + controller.quarantined();
    }

    @Test
    public void shouldHaveNothingToComplainAbout() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of(System.getProperty(AssembledPlatform.LOG)))) {
            List<String> complaints = lines.filter(line -> line.contains(" ERROR ") || line.contains(" WARN "))
                    .toList();
            assertEquals(List.of(), complaints);
        }
    }
}
