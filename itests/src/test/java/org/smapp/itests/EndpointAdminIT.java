package org.smapp.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.inject.Inject;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.smapp.api.Endpoint;
import org.smapp.api.Endpoint.Flag;
import org.smapp.api.EndpointAdmin;
import org.smapp.api.EndpointLimits;
import org.smapp.api.IpAddress;
import org.smapp.api.Outcome;
import org.smapp.launcher.AssembledPlatform;
import org.smapp.testkit.lab.GatewayLab;

/** The in-kernel path manager is administered through the running platform; {@code ip mptcp} sees the same. */
@RunWith(LabRunner.class)
public class EndpointAdminIT {

    private static final IpAddress WAN2 = IpAddress.parse("10.71.2.2");

    @Inject
    private EndpointAdmin endpoints;

    @Inject
    private GatewayLab lab;

    @Configuration
    public Option[] configuration() {
        return AssembledPlatform.named("it-endpoints").inPaxExam();
    }

    @Test
    public void shouldAdministerEndpointsAndLimits() throws IOException {
        Endpoint endpoint = new Endpoint(7, WAN2, 0, Set.of(Flag.SUBFLOW), 0);
        assertEquals(Outcome.Accepted.ACCEPTED, endpoints.add(endpoint));
        assertEquals(List.of(endpoint), endpoints.endpoints());
        assertEquals(
                "10.71.2.2 id 7 subflow",
                lab.gateway().run("ip", "mptcp", "endpoint", "show").strip());

        Outcome again = endpoints.add(new Endpoint(8, WAN2, 0, Set.of(Flag.SUBFLOW), 0));
        assertFalse(again.isAccepted());
        assertTrue(again.sentence(), again.sentence().contains("is there already"));

        assertTrue(endpoints.setFlags(7, true, false).isAccepted());
        assertEquals(
                Optional.of(Set.of(Flag.SUBFLOW, Flag.BACKUP)),
                endpoints.endpoint(7).map(Endpoint::flags));
        assertTrue(endpoints.setLimits(new EndpointLimits(3, 4)).isAccepted());
        assertEquals(new EndpointLimits(3, 4), endpoints.limits());
        String limits = lab.gateway().run("ip", "mptcp", "limits", "show").strip();
        assertEquals("add_addr_accepted 3 subflows 4", limits);

        assertTrue(endpoints.delete(7).isAccepted());
        assertEquals(List.of(), endpoints.endpoints());
    }
}
