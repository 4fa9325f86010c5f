package org.smapp.core.pm;

import java.io.IOException;
import org.smapp.api.Command;
import org.smapp.api.Outcome;
import org.smapp.core.family.KernelFamily;
import org.smapp.netlink.NetlinkError;
import org.smapp.netlink.NetlinkRequester;

/**
 * Bytes out: commands to the kernel, and what it says to them.
 *
 * <p>For one thread.
 */
public final class CommandSink {

    private final NetlinkRequester requester;
    private final KernelFamily.Encoder encoder;

    CommandSink(NetlinkRequester requester, KernelFamily.Encoder encoder) {
        this.requester = requester;
        this.encoder = encoder;
    }

    /** Carries out {@code command}, whose address id must have been chosen. */
    public Outcome execute(Command command) {
        try {
            int errno = requester.request(encoder.encode(command));
            if (errno == 0) {
                return Outcome.Accepted.ACCEPTED;
            }
            if (errno < 0) {
                return unknown(command, "its acknowledgement was lost");
            }
            NetlinkError error = requester.lastError();
            return new Outcome.Refused(
                    error.errno(),
                    error.text(),
                    error.offset(),
                    error.missingAttribute(),
                    encoder.refusal(command, error));
        } catch (IOException e) {
            return unknown(command, e.getMessage());
        }
    }

    /** Does what {@link #execute} does, short of giving the command to the kernel. */
    public Outcome rehearse(Command command) {
        encoder.encode(command).finish();
        return Outcome.Accepted.ACCEPTED;
    }

    private static Outcome unknown(Command command, String why) {
        return new Outcome.NotSent("Nobody knows whether the kernel did " + command + ": " + why
                + ". The next comparison with the kernel will show it.");
    }
}
