package org.smapp.core.family.upstream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;
import org.smapp.core.family.KernelFamily;
import org.smapp.core.family.Lack;
import org.smapp.core.memory.ChangedSettings;
import org.smapp.linux.Linux;
import org.smapp.linux.NetworkNamespace;
import org.smapp.netlink.MessageWriter;
import org.smapp.netlink.NetlinkRequester;

/** {@code mptcp_pm}, the family of Linux since 5.19. */
public final class UpstreamFamily implements KernelFamily {

    @Override
    public String name() {
        return Uapi.FAMILY;
    }

    @Override
    public String eventGroup() {
        return Uapi.EVENT_GROUP;
    }

    @Override
    public Set<Lack> lacks() {
        return Set.of();
    }

    @Override
    public Decoder decoder() {
        return new EventDecoder();
    }

    @Override
    public Encoder encoder(int number) {
        return new CommandEncoder(new MessageWriter(), number);
    }

    @Override
    public Queries queries(NetlinkRequester requester, int number) {
        return new OwnerQuery(requester, encoder(number));
    }

    @Override
    public Selection selection(Linux linux, NetworkNamespace namespace, ChangedSettings changed) {
        return new PathManagerSelection(linux, namespace, PathManagerSelection.SETTINGS, changed);
    }

    @Override
    public Optional<Endpoints> endpoints(Linux linux, NetworkNamespace namespace) throws IOException {
        return Optional.of(KernelEndpoints.open(linux, namespace));
    }

    @Override
    public ByteBuffer madeUpLife(int number) {
        return MadeUpLife.datagram(number);
    }
}
