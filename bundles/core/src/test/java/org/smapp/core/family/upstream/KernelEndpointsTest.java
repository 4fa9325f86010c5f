package org.smapp.core.family.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.smapp.api.Endpoint;
import org.smapp.api.Endpoint.Flag;
import org.smapp.api.EndpointLimits;
import org.smapp.api.Errno;
import org.smapp.api.IpAddress;
import org.smapp.api.Outcome;

/** The in-kernel path manager, of the real kernel and of the fake one. */
@ParameterizedClass
@MethodSource("org.smapp.core.family.upstream.KernelUnderTest#kinds")
final class KernelEndpointsTest {

    private final Endpoint first = endpoint(1, "10.0.1.1", Flag.SUBFLOW);
    private final Endpoint second = endpoint(2, "dead:beef::2", Flag.SIGNAL, Flag.BACKUP);

    @Parameter
    KernelUnderTest.Kind kind;

    private KernelUnderTest kernel;
    private KernelEndpoints endpoints;

    private static Endpoint endpoint(int id, String address, Flag... flags) {
        return new Endpoint(id, IpAddress.parse(address), 0, Set.of(flags), 0);
    }

    @BeforeEach
    void open() throws Exception {
        kernel = kind.open();
        endpoints = KernelEndpoints.open(kernel.linux(), kernel.namespace());
    }

    @AfterEach
    void close() throws IOException {
        if (endpoints != null) {
            endpoints.close();
        }
        if (kernel != null) {
            kernel.close();
        }
    }

    @Test
    void shouldAddListGetAndDelete() throws IOException {
        assertEquals(List.of(), endpoints.endpoints());
        assertEquals(Outcome.Accepted.ACCEPTED, endpoints.add(endpoint(Endpoint.CHOOSE_ID, "10.0.1.1", Flag.SUBFLOW)));
        assertEquals(Outcome.Accepted.ACCEPTED, endpoints.add(second));
        assertEquals(List.of(first, second), endpoints.endpoints());
        assertEquals(Optional.of(second), endpoints.endpoint(2));
        assertEquals(Optional.empty(), endpoints.endpoint(77));
        assertTrue(endpoints.delete(1).isAccepted());
        assertEquals(List.of(second), endpoints.endpoints());
        assertTrue(endpoints.flush().isAccepted());
        assertEquals(List.of(), endpoints.endpoints());
    }

    @Test
    void shouldSetFlags() throws IOException {
        endpoints.add(first);
        assertTrue(endpoints.setFlags(1, true, true).isAccepted());
        assertEquals(
                Set.of(Flag.SUBFLOW, Flag.BACKUP, Flag.FULLMESH),
                endpoints.endpoint(1).orElseThrow().flags());
        assertTrue(endpoints.setFlags(1, false, false).isAccepted());
        assertEquals(Set.of(Flag.SUBFLOW), endpoints.endpoint(1).orElseThrow().flags());
    }

    @Test
    void shouldSetLimits() throws IOException {
        assertTrue(endpoints.setLimits(new EndpointLimits(3, 5)).isAccepted());
        assertEquals(new EndpointLimits(3, 5), endpoints.limits());
    }

    @Test
    void shouldSayWhyTheKernelRefuses() {
        endpoints.add(first);
        refused(Errno.EEXIST, "is there already", endpoints.add(endpoint(3, "10.0.1.1", Flag.SUBFLOW)));
        refused(Errno.EBUSY, "is there already", endpoints.add(endpoint(1, "10.0.2.1", Flag.SUBFLOW)));
        refused(Errno.EINVAL, "no such endpoint", endpoints.delete(9));
        refused(Errno.EINVAL, "no such endpoint", endpoints.setFlags(9, true, false));
        refused(Errno.EOPNOTSUPP, "no such endpoint", endpoints.setFlags(0, true, false));
        refused(Errno.EINVAL, "excludes SIGNAL", endpoints.add(endpoint(5, "10.0.2.1", Flag.SIGNAL, Flag.FULLMESH)));
        refused(Errno.EINVAL, "IMPLICIT", endpoints.add(endpoint(5, "10.0.2.1", Flag.IMPLICIT)));
        refused(Errno.EINVAL, "limits go up to 8", endpoints.setLimits(new EndpointLimits(9, 9)));
        Endpoint withPort = new Endpoint(4, IpAddress.parse("192.0.2.9"), 5000, Set.of(Flag.SIGNAL), 0);
        refused(Errno.EADDRNOTAVAIL, "ip address", endpoints.add(withPort));
    }

    @Test
    void shouldTakeEightEndpointsAtMost() {
        for (int id = 1; id <= 8; id++) {
            Outcome outcome = endpoints.add(endpoint(id, "10.0.1." + id, Flag.SUBFLOW));
            assertTrue(outcome.isAccepted(), outcome::sentence);
        }
        refused(Errno.ERANGE, "delete one first", endpoints.add(endpoint(9, "10.0.1.9", Flag.SUBFLOW)));
    }

    @Test
    void shouldOnlyReadWithoutCapability() throws Exception {
        endpoints.add(first);
        assertEquals(List.of(first), kernel.unprivileged(() -> {
            refused(Errno.EPERM, "CAP_NET_ADMIN", endpoints.flush());
            return endpoints.endpoints();
        }));
    }

    private static void refused(Errno errno, String advice, Outcome outcome) {
        Outcome.Refused refused = assertInstanceOf(Outcome.Refused.class, outcome);
        assertEquals(errno.number(), refused.errno(), refused.sentence());
        assertTrue(refused.sentence().contains(advice), refused.sentence());
    }
}
