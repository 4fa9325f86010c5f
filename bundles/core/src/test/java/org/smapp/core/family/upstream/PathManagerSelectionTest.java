package org.smapp.core.family.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.smapp.core.family.KernelFamily;
import org.smapp.core.memory.ChangedSettings;
import org.smapp.linux.NetworkNamespace;
import org.smapp.testkit.kernel.FakeKernel;

/** The kernel's settings, as files in a folder. */
final class PathManagerSelectionTest {

    @TempDir
    Path settings;

    @TempDir
    Path data;

    private KernelFamily.Selection selection;

    @BeforeEach
    void make() throws IOException {
        set("enabled", "1");
        start();
    }

    /** Also after a crash: what is on disk is known again. */
    private void start() {
        NetworkNamespace namespace = NetworkNamespace.current();
        Path changed = data.resolve(ChangedSettings.FILE);
        selection = new PathManagerSelection(
                new FakeKernel(), namespace, settings, new ChangedSettings(changed, namespace.file()));
    }

    private void set(String name, String value) throws IOException {
        Files.writeString(settings.resolve(name), value + "\n");
    }

    private String type() throws IOException {
        return Files.readString(settings.resolve("pm_type")).strip();
    }

    private String refusal() {
        return assertThrows(IOException.class, selection::take).getMessage();
    }

    @Test
    void shouldTakeAndGiveBack() throws IOException {
        set("pm_type", "0");
        selection.take();
        assertEquals("1", type());
        selection.giveBack();
        assertEquals("0", type());
        set("pm_type", "1");
        selection.giveBack();
        assertEquals("1", type(), "given back already");
    }

    @Test
    void shouldGiveBackWhatItTookBeforeACrash() throws IOException {
        set("pm_type", "0");
        selection.take();
        start();
        selection.take();
        selection.giveBack();
        assertEquals("0", type());
    }

    @Test
    void shouldTellWhoGetsNewConnections() throws IOException {
        set("pm_type", "1");
        assertEquals(KernelFamily.Selected.USER_SPACE, selection.selected());
        set("pm_type", "0");
        assertEquals(KernelFamily.Selected.IN_KERNEL, selection.selected());
        set("enabled", "0");
        assertEquals(KernelFamily.Selected.NOBODY, selection.selected());
        set("enabled", "1");
        selection.take();
        assertEquals(KernelFamily.Selected.USER_SPACE, selection.selected());
    }

    @Test
    void shouldNotGiveBackWhatItHasNotTaken() throws IOException {
        set("pm_type", "1");
        selection.take();
        selection.giveBack();
        assertEquals("1", type());
    }

    @Test
    void shouldNameAKernelWithoutMultipathTcp() throws IOException {
        Files.delete(settings.resolve("enabled"));
        assertTrue(refusal().contains("no Multipath TCP"), refusal());
    }

    @Test
    void shouldNameTheSwitch() throws IOException {
        set("enabled", "0");
        assertTrue(refusal().contains("sysctl -w net.mptcp.enabled=1"), refusal());
    }

    @Test
    void shouldNameAKernelThatIsTooOld() {
        assertTrue(refusal().contains("Linux 5.19"), refusal());
    }
}
