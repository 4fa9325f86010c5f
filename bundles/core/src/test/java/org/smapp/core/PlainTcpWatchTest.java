package org.smapp.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.smapp.linux.NetworkNamespace;
import org.smapp.testkit.kernel.FakeKernel;

final class PlainTcpWatchTest {

    @TempDir
    Path folder;

    private Path file;
    private PlainTcpWatch watch;

    @BeforeEach
    void open() {
        file = folder.resolve("netstat");
        watch = new PlainTcpWatch(new FakeKernel(), NetworkNamespace.current(), file);
    }

    private Optional<String> after(int detected, int madePlain, int answered) throws IOException {
        String text = "TcpExt: SyncookiesSent Blackhole\nTcpExt: 0 99\n"
                + "MPTcpExt: MPCapableSYNRX MPCapableSYNACKRX MPCapableSYNTXDisabled Blackhole\n"
                + "MPTcpExt: 5 " + answered + " " + madePlain + " " + detected + "\n";
        Files.writeString(file, text);
        watch.look();
        return watch.found();
    }

    @Test
    void shouldTellWhileNewConnectionsArePlainTcp() throws IOException {
        assertEquals(Optional.empty(), after(3, 9, 10), "before anybody looked");
        assertEquals(Optional.of(PlainTcpWatch.SENTENCE), after(4, 9, 10));
        assertEquals(Optional.of(PlainTcpWatch.SENTENCE), after(4, 15, 10));
        assertEquals(Optional.of(PlainTcpWatch.SENTENCE), after(4, 15, 10), "nobody has tried since");
        assertEquals(Optional.empty(), after(4, 15, 11));
    }

    @Test
    void shouldMakeDoWithoutCounters() {
        watch.look();
        assertEquals(Optional.empty(), watch.found());
    }
}
