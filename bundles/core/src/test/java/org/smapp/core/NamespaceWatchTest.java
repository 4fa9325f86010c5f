package org.smapp.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.smapp.core.family.KernelFamily;
import org.smapp.core.family.KernelFamily.Selected;
import org.smapp.linux.NetworkNamespace;

/** What somebody else does to the namespace while SMAPP runs. */
final class NamespaceWatchTest {

    @TempDir
    private Path folder;

    private final List<Boolean> told = new ArrayList<>();
    private Path file;
    private Selected selected = Selected.USER_SPACE;
    private int taken;
    private long now;

    @BeforeEach
    void make() throws IOException {
        file = Files.createFile(folder.resolve("gateway"));
    }

    private NamespaceWatch watch(boolean takeBack) {
        return new NamespaceWatch(new Selection(), new NetworkNamespace(file), told::add, () -> now, takeBack);
    }

    private final class Selection implements KernelFamily.Selection {
        @Override
        public void take() {
            taken++;
            selected = Selected.USER_SPACE;
        }

        @Override
        public Selected selected() {
            return selected;
        }

        @Override
        public void giveBack() {
            throw new AssertionError();
        }
    }

    @Test
    void shouldSayNothingWhileAllIsWell() {
        NamespaceWatch watch = watch(true);
        watch.look();

        assertEquals(List.of(), watch.warnings());
        assertEquals(List.of(true), told);
    }

    @Test
    void shouldTakeNewConnectionsBackOnceAMinute() {
        NamespaceWatch watch = watch(true);
        selected = Selected.IN_KERNEL;
        watch.look();
        assertEquals(1, taken);
        assertEquals(List.of(false, true), told);
        assertEquals(List.of(), watch.warnings());

        selected = Selected.IN_KERNEL;
        watch.look();
        assertEquals(1, taken, "not fought");
        assertTrue(
                watch.warnings().get(0).contains("pm_type = 0"),
                watch.warnings().toString());

        now += TimeUnit.MINUTES.toNanos(1);
        watch.look();
        assertEquals(2, taken);
        assertEquals(List.of(), watch.warnings());
    }

    @Test
    void shouldLeaveItSoIfToldTo() {
        NamespaceWatch watch = watch(false);
        selected = Selected.IN_KERNEL;
        watch.look();

        assertEquals(0, taken);
        assertEquals(List.of(false), told);
        assertTrue(watch.warnings().get(0).contains("sysctl -w net.mptcp.pm_type=1"));
    }

    @Test
    void shouldNameThatMultipathTcpIsOff() {
        NamespaceWatch watch = watch(true);
        selected = Selected.NOBODY;
        watch.look();
        assertTrue(watch.warnings().get(0).contains("sysctl -w net.mptcp.enabled=1"));

        selected = Selected.USER_SPACE;
        watch.look();
        assertEquals(List.of(), watch.warnings());
    }

    @Test
    void shouldNameANamespaceThatWasDeletedOrMadeAnew() throws IOException {
        NamespaceWatch watch = watch(true);
        Path other = Files.createFile(folder.resolve("other"));
        Files.delete(file);
        watch.look();
        assertTrue(watch.warnings().get(0).contains("was deleted"));

        Files.move(other, file);
        selected = Selected.IN_KERNEL;
        watch.look();
        assertTrue(watch.warnings().get(0).contains("is another one now"));
        assertEquals(0, taken, "that would be the other one's setting");
    }
}
