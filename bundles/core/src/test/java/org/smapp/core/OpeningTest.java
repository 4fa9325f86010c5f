package org.smapp.core;

import org.junit.jupiter.api.Test;
import org.smapp.core.family.upstream.UpstreamFamily;
import org.smapp.core.measure.KernelMeasurements;
import org.smapp.core.pm.PathManagerChannel;
import org.smapp.core.pm.SpokenFamily;
import org.smapp.linux.Breakage;
import org.smapp.linux.Linux;
import org.smapp.linux.NetworkNamespace;
import org.smapp.testkit.kernel.FakeKernel;

/** Who opens closes, also when a later step fails. */
final class OpeningTest {

    private static final NetworkNamespace HERE = NetworkNamespace.current();

    private static Linux doors(Breakage breakage) {
        return breakage.in(Linux.class, new FakeKernel());
    }

    @Test
    void channelShouldLeaveNothingOpen() throws Exception {
        Breakage.everywhere(breakage -> PathManagerChannel.open(doors(breakage), HERE, 1 << 16));
    }

    @Test
    void measurementsShouldLeaveNothingOpen() throws Exception {
        Breakage.everywhere(breakage -> KernelMeasurements.open(doors(breakage), HERE));
    }

    @Test
    void endpointsShouldLeaveNothingOpen() throws Exception {
        Breakage.everywhere(breakage ->
                new UpstreamFamily().endpoints(doors(breakage), HERE).orElseThrow());
    }

    @Test
    void askingForTheFamilyShouldLeaveNothingOpen() throws Exception {
        Breakage.everywhere(breakage -> {
            SpokenFamily.orFirst(doors(breakage), HERE);
            return () -> {};
        });
    }

    @Test
    void lookingForListenersShouldLeaveNothingOpen() throws Exception {
        Breakage.everywhere(breakage -> {
            new EventListeners(doors(breakage), HERE);
            return () -> {};
        });
    }
}
