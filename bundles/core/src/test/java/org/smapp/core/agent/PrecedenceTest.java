package org.smapp.core.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When the agent takes another thread's place. */
final class PrecedenceTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final List<Boolean> told = new ArrayList<>();
    private final Precedence.Thread thread = told::add;
    private Path pressure;
    private Precedence precedence;
    private long nanos;

    @BeforeEach
    void make(@TempDir Path folder) {
        pressure = folder.resolve("cpu");
        precedence = new Precedence(pressure);
    }

    @Test
    void shouldWaitOnACalmMachineAndGoFirstOnABusyOne() throws IOException {
        look("4.51", "19.99", "21.00", "39.99", "40.00", "99.99", "20.00", "19.99");
        assertEquals(List.of(false, true, false), told);
    }

    @Test
    void shouldLookOnceASecond() throws IOException {
        write("0.00");
        precedence.look(thread, 0);
        write("90.00");
        precedence.look(thread, SECOND - 1);
        assertEquals(List.of(false), told);
        precedence.look(thread, SECOND);
        assertEquals(List.of(false, true), told);
    }

    @Test
    void shouldTellThreadThatComesLater() throws IOException {
        look("0.00");
        List<Boolean> next = new ArrayList<>();
        precedence.look(next::add, nanos);
        assertEquals(List.of(false), next);
    }

    @Test
    void shouldAskAgainOnceASecondForWhatWasNotGranted() throws IOException {
        Precedence.Thread refuses = first -> {
            told.add(first);
            return false;
        };
        write("0.00");
        precedence.look(refuses, 0);
        precedence.look(refuses, SECOND - 1);
        assertEquals(List.of(false), told);
        precedence.look(refuses, SECOND);
        assertEquals(List.of(false, false), told);
    }

    @Test
    void shouldGoFirstWhereTheKernelDoesNotTell() throws IOException {
        precedence.look(thread, 0);
        assertEquals(List.of(true), told);
        look("0.00");
        assertEquals(List.of(true), told);
    }

    @Test
    void shouldGoFirstWhereTheKernelTellsSomethingElse() throws IOException {
        Files.writeString(pressure, "none");
        precedence.look(thread, 0);
        assertEquals(List.of(true), told);
    }

    private void look(String... percent) throws IOException {
        for (String each : percent) {
            write(each);
            precedence.look(thread, nanos);
            nanos += SECOND;
        }
    }

    private void write(String percent) throws IOException {
        Files.writeString(pressure, "some avg10=" + percent + " avg60=50.00 avg300=50.00 total=1\nfull avg10=0.00\n");
    }
}
