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

    private static String nice(int thread) throws Exception {
        String stat = Files.readString(Path.of("/proc/self/task", Integer.toString(thread), "stat"));
        return stat.substring(stat.lastIndexOf(')') + 2).split(" ")[NICE];
    }
}
