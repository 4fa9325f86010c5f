package org.smapp.core.pm;

import org.smapp.api.Command;
import org.smapp.api.FourTuple;
import org.smapp.api.IpAddress;
import org.smapp.api.TransportAddress;
import org.smapp.netlink.MessageWriter;

/**
 * Writes commands as requests of the generic netlink family {@code mptcp_pm}. Ports are in host byte order here, unlike in
 * events. An address is a nested attribute of ADDR4 or ADDR6, FAMILY u16, [ID u8], [PORT u16], [FLAGS u32], [IF_IDX s32].
 *
 * <pre>
 * ANNOUNCE         ADDR {id 1 to 255, flags SIGNAL}, TOKEN u32
 * REMOVE           TOKEN, LOC_ID u8
 * SUBFLOW_CREATE   ADDR {id, flags SUBFLOW or BACKUP}, TOKEN, ADDR_REMOTE {port}
 * SUBFLOW_DESTROY  ADDR {port}, TOKEN, ADDR_REMOTE {port}
 * SET_FLAGS        ADDR {port, flags BACKUP or 0}, TOKEN, ADDR_REMOTE {port}
 * </pre>
 *
 * <p>Not thread-safe, like the writer that it fills.
 */
public final class CommandEncoder implements Command.Handler<Void> {

    private static final int NONE = -1;

    private final MessageWriter writer;
    private final int family;

    /**
     * @param writer what requests are written to
     * @param family the number that the kernel gave the family
     */
    public CommandEncoder(MessageWriter writer, int family) {
        this.writer = writer;
        this.family = family;
    }

    /** Writes {@code command}, whose address id must have been chosen; flags and sequence number are the requester's. */
    public MessageWriter encode(Command command) {
        command.accept(this);
        return writer;
    }

    @Override
    public Void createSubflow(Command.CreateSubflow command) {
        begin(Uapi.CMD_SUBFLOW_CREATE);
        int flags = command.backup() ? Uapi.ADDR_FLAG_BACKUP : Uapi.ADDR_FLAG_SUBFLOW;
        address(
                Uapi.PM_ATTR_ADDR,
                command.local().address(),
                command.localId(),
                command.local().port(),
                flags,
                command.interfaceIndex());
        token(command);
        remote(command.remote());
        return null;
    }

    @Override
    public Void destroySubflow(Command.DestroySubflow command) {
        begin(Uapi.CMD_SUBFLOW_DESTROY);
        FourTuple tuple = command.tuple();
        address(Uapi.PM_ATTR_ADDR, tuple.localAddress(), NONE, tuple.localPort(), NONE, 0);
        token(command);
        remote(tuple.remote());
        return null;
    }

    @Override
    public Void announce(Command.Announce command) {
        begin(Uapi.CMD_ANNOUNCE);
        address(
                Uapi.PM_ATTR_ADDR,
                command.local().address(),
                command.localId(),
                command.local().port(),
                Uapi.ADDR_FLAG_SIGNAL,
                0);
        token(command);
        return null;
    }

    @Override
    public Void withdraw(Command.Withdraw command) {
        begin(Uapi.CMD_REMOVE);
        token(command);
        writer.u8(Uapi.PM_ATTR_LOC_ID, command.localId());
        return null;
    }

    @Override
    public Void setBackup(Command.SetBackup command) {
        begin(Uapi.CMD_SET_FLAGS);
        FourTuple tuple = command.tuple();
        int flags = command.backup() ? Uapi.ADDR_FLAG_BACKUP : 0;
        address(Uapi.PM_ATTR_ADDR, tuple.localAddress(), NONE, tuple.localPort(), flags, 0);
        token(command);
        remote(tuple.remote());
        return null;
    }

    private void begin(int command) {
        writer.begin(family, 0, 0);
        writer.genl(command, Uapi.VERSION);
    }

    private void token(Command command) {
        writer.u32(Uapi.PM_ATTR_TOKEN, command.token().value());
    }

    private void remote(TransportAddress remote) {
        address(Uapi.PM_ATTR_ADDR_REMOTE, remote.address(), NONE, remote.port(), NONE, 0);
    }

    private void address(int attribute, IpAddress address, int id, int port, int flags, int interfaceIndex) {
        int nest = writer.nest(attribute);
        if (address.v6()) {
            writer.be128(Uapi.ADDR_ATTR_ADDR6, address.high(), address.low());
        } else {
            writer.be32(Uapi.ADDR_ATTR_ADDR4, (int) address.low());
        }
        writer.u16(Uapi.ADDR_ATTR_FAMILY, address.v6() ? Uapi.AF_INET6 : Uapi.AF_INET);
        if (id != NONE) {
            writer.u8(Uapi.ADDR_ATTR_ID, id);
        }
        if (port != 0) {
            writer.u16(Uapi.ADDR_ATTR_PORT, port);
        }
        if (flags != NONE) {
            writer.u32(Uapi.ADDR_ATTR_FLAGS, flags);
        }
        if (interfaceIndex != 0) {
            writer.s32(Uapi.ADDR_ATTR_IF_IDX, interfaceIndex);
        }
        writer.endNest(nest);
    }
}
