package org.smapp.pmnlctl;

import java.io.IOException;
import java.util.HexFormat;
import org.smapp.linux.NativeLinux;

/** Runs through what the tool does, without changing anything, while Java notes which classes that needs. */
final class Rehearsal {

    /** CREATED of an IPv6 connection's server, as a kernel sent it. */
    private static final String EVENT = "640000001c00000000000000000000000101000008000100e7de6a020500120001000000"
            + "06000d00020000000600020002000000080005000a000101080007000a000102060009001389000006000a00dce2000005000300"
            + "000000000500040000000000";

    private static final String[] LINES = {
        "limits",
        "dump",
        "rem id 1 token 0",
        "get 255",
        "add x",
        "ann ::1 id 1 token 1",
        "csf lip ::ffff:127.0.0.1 lid 1 rip ::1 rport 1 token 0",
        "dsf lip 127.0.0.1 lport 1 rip 127.0.0.1 rport 1 token 0",
        "set 127.0.0.1 flags backup token 1 rip 127.0.0.1"
    };

    private Rehearsal() {}

    /** Prints what it rehearses; nothing of that matters. */
    public static void main(String[] arguments) throws InterruptedException, IOException {
        for (String line : LINES) {
            PmNlCtl.run(line.split(" "));
        }
        try {
            new Watching()
                    .rehearse(new Kernel(NativeLinux.load()), HexFormat.of().parseHex(EVENT));
        } catch (Stop e) {
            Output.error("not allowed to hear events here: " + e.getMessage());
        }
    }
}
