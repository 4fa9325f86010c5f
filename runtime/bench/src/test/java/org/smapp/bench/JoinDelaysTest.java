package org.smapp.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class JoinDelaysTest {

    private static final long KEY = 0x5c6b255b52c1812bL;
    private static final int TOKEN = 0xc56a63ae;
    private static final Syn.Flow FIRST = new Syn.Flow(1, 1001, 9, 80);
    private static final Syn.Flow SECOND = new Syn.Flow(2, 2001, 9, 80);

    private final JoinDelays delays = new JoinDelays();

    private void open(long nanos) {
        delays.add(new Syn(Syn.Kind.CAPABLE, nanos, FIRST, 7, 0, 0));
        delays.add(new Syn(Syn.Kind.CAPABLE_ANSWER, nanos + 10, FIRST.reversed(), 8, 0, KEY));
    }

    private void join(long nanos, int sequence) {
        delays.add(new Syn(Syn.Kind.JOIN, nanos, SECOND, sequence, TOKEN, 0));
    }

    @Test
    void shouldDeriveTheTokenAsTheKernelDoes() {
        assertEquals(TOKEN, JoinDelays.token(KEY));
    }

    @Test
    void shouldMeasureFromTheFirstSynToTheFirstJoin() throws IOException {
        open(1000);
        join(1500, 5);
        delays.add(new Syn(Syn.Kind.JOIN_ANSWER, 1600, SECOND.reversed(), 6, 0, 0));
        assertEquals(new JoinDelays.Result(List.of(500L), 0, 0, 0), delays.result(0, 1));
    }

    @Test
    void shouldIgnoreRetransmissions() throws IOException {
        open(1000);
        open(1100);
        join(1500, 5);
        join(1700, 5);
        assertEquals(new JoinDelays.Result(List.of(500L), 0, 1, 0), delays.result(0, 1));
    }

    @Test
    void shouldCountFurtherJoins() throws IOException {
        open(1000);
        join(1500, 5);
        join(1700, 6);
        assertEquals(new JoinDelays.Result(List.of(500L), 0, 1, 1), delays.result(0, 1));
    }

    @Test
    void shouldReportAMissingJoin() throws IOException {
        open(1000);
        assertEquals(new JoinDelays.Result(List.of(-1L), 1, 0, 0), delays.result(0, 1));
    }

    @Test
    void shouldLeaveOutTheWarmUp() throws IOException {
        open(1000);
        assertEquals(new JoinDelays.Result(List.of(), 0, 0, 0), delays.result(1, 1));
    }

    @Test
    void shouldRefuseToJudgeWhenConnectionsAreUnaccountedFor() {
        open(1000);
        assertThrows(IllegalStateException.class, () -> delays.result(0, 2));
    }

    @Test
    void shouldPassOnThatTheCaptureFailed() {
        delays.fail(new IOException("gone"));
        assertThrows(IOException.class, () -> delays.result(0, 0));
    }

    @Test
    void shouldReadARealCapture() throws IOException {
        PcapStreamTest.read(PcapStreamTest.oneConnection()).forEach(delays::add);
        assertEquals(new JoinDelays.Result(List.of(1_879_815L), 0, 0, 0), delays.result(0, 1));
    }
}
