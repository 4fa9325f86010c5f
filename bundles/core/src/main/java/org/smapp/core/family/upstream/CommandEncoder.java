package org.smapp.core.family.upstream;

import org.smapp.api.Command;
import org.smapp.api.FourTuple;
import org.smapp.api.IpAddress;
import org.smapp.api.TransportAddress;
import org.smapp.core.family.KernelFamily;
import org.smapp.netlink.MessageWriter;
import org.smapp.netlink.NetlinkError;

/**
 * Writes commands as requests of the generic netlink family {@code mptcp_pm}, address attributes as {@link RequestEncoder} has
 * them:
 *
 * <pre>
 * ANNOUNCE         ADDR {id 1 to 255, flags SIGNAL}, TOKEN u32
 * REMOVE           TOKEN, LOC_ID u8
 * SUBFLOW_CREATE   ADDR {id, flags SUBFLOW or BACKUP}, TOKEN, ADDR_REMOTE {port}
 * SUBFLOW_DESTROY  ADDR {port}, TOKEN, ADDR_REMOTE {port}
 * SET_FLAGS        ADDR {port, flags BACKUP or 0}, TOKEN, ADDR_REMOTE {port}
 * </pre>
 *
 * <p>Makes no garbage. Not thread-safe, like the writer that it fills.
 */
final class CommandEncoder implements KernelFamily.Encoder, Command.Handler<Void> {

    private static final int ABSENT = AddressFields.ABSENT;

    private final RequestEncoder request;

    /**
     * @param writer what requests are written to
     * @param family the number that the kernel gave the family
     */
    CommandEncoder(MessageWriter writer, int family) {
        request = new RequestEncoder(writer, family);
    }

    @Override
    public MessageWriter encode(Command command) {
        command.accept(this);
        return request.end();
    }

    @Override
    public String refusal(Command command, NetlinkError error) {
        return RefusalSentence.of(command, error);
    }

    @Override
    public Void createSubflow(Command.CreateSubflow command) {
        request.createSubflow();
        int flags = command.backup() ? AddressFields.BACKUP : AddressFields.SUBFLOW;
        local(command.local(), command.localId(), flags, command.interfaceIndex());
        request.token(command.token().value());
        remote(command.remote());
        return null;
    }

    @Override
    public Void destroySubflow(Command.DestroySubflow command) {
        request.destroySubflow();
        FourTuple tuple = command.tuple();
        request.address(
                Uapi.PM_ATTR_ADDR, tuple.localAddress(), ABSENT, unlessZero(tuple.localPort()), false, 0, ABSENT);
        request.token(command.token().value());
        remote(tuple.remote());
        return null;
    }

    @Override
    public Void announce(Command.Announce command) {
        request.announce();
        local(command.local(), command.localId(), AddressFields.SIGNAL, 0);
        request.token(command.token().value());
        return null;
    }

    @Override
    public Void withdraw(Command.Withdraw command) {
        request.remove().token(command.token().value()).localId(command.localId());
        return null;
    }

    @Override
    public Void setBackup(Command.SetBackup command) {
        request.setFlags();
        FourTuple tuple = command.tuple();
        int flags = command.backup() ? AddressFields.BACKUP : 0;
        IpAddress address = tuple.localAddress();
        request.address(Uapi.PM_ATTR_ADDR, address, ABSENT, unlessZero(tuple.localPort()), true, flags, ABSENT);
        request.token(command.token().value());
        remote(tuple.remote());
        return null;
    }

    private void local(TransportAddress local, int id, int flags, int interfaceIndex) {
        request.address(
                Uapi.PM_ATTR_ADDR,
                local.address(),
                id,
                unlessZero(local.port()),
                true,
                flags,
                unlessZero(interfaceIndex));
    }

    private void remote(TransportAddress remote) {
        int port = unlessZero(remote.port());
        request.address(Uapi.PM_ATTR_ADDR_REMOTE, remote.address(), ABSENT, port, false, 0, ABSENT);
    }

    private static int unlessZero(int number) {
        return number == 0 ? ABSENT : number;
    }
}
