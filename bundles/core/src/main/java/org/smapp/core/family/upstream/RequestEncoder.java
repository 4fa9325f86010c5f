package org.smapp.core.family.upstream;

import org.smapp.api.IpAddress;
import org.smapp.netlink.MessageWriter;

/**
 * Writes requests of the generic netlink family {@code mptcp_pm} attribute by attribute: which request it is, the
 * attributes, {@link #end}. It checks nothing, so that what the kernel refuses can be written too. Ports are in host byte order here,
 * unlike in events.
 *
 * <p>Not thread-safe, like the writer that it fills.
 */
public final class RequestEncoder {

    private static final int ABSENT = AddressFields.ABSENT;

    private final MessageWriter writer;
    private final int family;

    /**
     * @param writer what requests are written to
     * @param family the number that the kernel gave the family
     */
    public RequestEncoder(MessageWriter writer, int family) {
        this.writer = writer;
        this.family = family;
    }

    public RequestEncoder addEndpoint() {
        return begin(Uapi.CMD_ADD_ADDR);
    }

    public RequestEncoder deleteEndpoint() {
        return begin(Uapi.CMD_DEL_ADDR);
    }

    public RequestEncoder flushEndpoints() {
        return begin(Uapi.CMD_FLUSH_ADDRS);
    }

    /** Asks for an endpoint or, with a token, an address of that connection. */
    public RequestEncoder getAddress() {
        return begin(Uapi.CMD_GET_ADDR);
    }

    public RequestEncoder setLimits(int acceptedAddresses, int subflows) {
        begin(Uapi.CMD_SET_LIMITS);
        writer.u32(Uapi.PM_ATTR_RCV_ADD_ADDRS, acceptedAddresses);
        writer.u32(Uapi.PM_ATTR_SUBFLOWS, subflows);
        return this;
    }

    public RequestEncoder getLimits() {
        return begin(Uapi.CMD_GET_LIMITS);
    }

    /** Changes the flags of an endpoint or, with a token, of a subflow. */
    public RequestEncoder setFlags() {
        return begin(Uapi.CMD_SET_FLAGS);
    }

    public RequestEncoder announce() {
        return begin(Uapi.CMD_ANNOUNCE);
    }

    public RequestEncoder remove() {
        return begin(Uapi.CMD_REMOVE);
    }

    public RequestEncoder createSubflow() {
        return begin(Uapi.CMD_SUBFLOW_CREATE);
    }

    public RequestEncoder destroySubflow() {
        return begin(Uapi.CMD_SUBFLOW_DESTROY);
    }

    /** Begins a request; what was written before is gone. */
    RequestEncoder begin(int command) {
        writer.begin(family, 0, 0);
        writer.genl(command, Uapi.VERSION);
        return this;
    }

    public RequestEncoder token(int token) {
        writer.u32(Uapi.PM_ATTR_TOKEN, token);
        return this;
    }

    /** Writes which address id REMOVE is about. */
    public RequestEncoder localId(int id) {
        writer.u8(Uapi.PM_ATTR_LOC_ID, id);
        return this;
    }

    public RequestEncoder local(AddressFields fields) {
        return address(Uapi.PM_ATTR_ADDR, fields);
    }

    public RequestEncoder remote(AddressFields fields) {
        return address(Uapi.PM_ATTR_ADDR_REMOTE, fields);
    }

    private RequestEncoder address(int attribute, AddressFields fields) {
        boolean flags = fields.flags() != AddressFields.NO_FLAGS;
        return address(
                attribute,
                fields.address(),
                fields.id(),
                fields.port(),
                flags,
                (int) fields.flags(),
                fields.interfaceIndex());
    }

    /** Writes a nested address: ADDR4 or ADDR6, FAMILY u16, [ID u8], [PORT u16], [FLAGS u32], [IF_IDX s32]. */
    RequestEncoder address(
            int attribute, IpAddress address, int id, int port, boolean hasFlags, int flags, int interfaceIndex) {
        int nest = writer.nest(attribute);
        if (address != null) {
            ip(address);
        }
        if (id != ABSENT) {
            writer.u8(Uapi.ADDR_ATTR_ID, id);
        }
        if (port != ABSENT) {
            writer.u16(Uapi.ADDR_ATTR_PORT, port);
        }
        if (hasFlags) {
            writer.u32(Uapi.ADDR_ATTR_FLAGS, flags);
        }
        if (interfaceIndex != ABSENT) {
            writer.s32(Uapi.ADDR_ATTR_IF_IDX, interfaceIndex);
        }
        writer.endNest(nest);
        return this;
    }

    private void ip(IpAddress address) {
        if (address.v6()) {
            writer.be128(Uapi.ADDR_ATTR_ADDR6, address.high(), address.low());
        } else {
            writer.be32(Uapi.ADDR_ATTR_ADDR4, (int) address.low());
        }
        writer.u16(Uapi.ADDR_ATTR_FAMILY, address.v6() ? Uapi.AF_INET6 : Uapi.AF_INET);
    }

    /** Returns the writer with the request, whose flags and sequence number are the requester's. */
    public MessageWriter end() {
        return writer;
    }
}
