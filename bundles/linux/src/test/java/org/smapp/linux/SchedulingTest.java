package org.smapp.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How threads take turns. */
final class SchedulingTest {

    /** Of proc_pid_stat(5), counted after the name, which may hold blanks. */
    private static final int NICE = 16;

    private static final int POLICY = 38;
    private static final String OTHER = "0";
    private static final String BATCH = "3";

    private final Linux linux = NativeLinux.load();
    private final ExecutorService other = Executors.newSingleThreadExecutor();

    @AfterEach
    void close() {
        other.shutdown();
    }

    @Test
    void shouldHoldAnotherThreadBackAndNoOther() throws Exception {
        int thread = other.submit(linux::thisThread).get();
        String mine = nice(linux.thisThread());
        assertTrue(linux.holdBack(thread));
        assertEquals("19", nice(thread));
        assertEquals(mine, nice(linux.thisThread()));
    }

    @Test
    void shouldLetAnotherThreadWaitForItsTurnAndKeepItsNiceValue() throws Exception {
        int thread = other.submit(linux::thisThread).get();
        assertTrue(linux.holdBack(thread));
        assertTrue(linux.preempts(thread, false));
        assertEquals(BATCH, stat(thread, POLICY));
        assertEquals("19", nice(thread));
        assertTrue(linux.preempts(thread, true));
        assertEquals(OTHER, stat(thread, POLICY));
    }

    private static String nice(int thread) throws Exception {
        return stat(thread, NICE);
    }

    private static String stat(int thread, int field) throws Exception {
        String stat = Files.readString(Path.of("/proc/self/task", Integer.toString(thread), "stat"));
        return stat.substring(stat.lastIndexOf(')') + 2).split(" ")[field];
    }
}
