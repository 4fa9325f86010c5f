package org.smapp.core.family.upstream;

import org.smapp.api.IpAddress;

/**
 * The nested attributes that make up one address in commands and their answers, each of which may be absent.
 *
 * @param address the address, or null
 * @param id the address id, 0 to 255, or {@link #ABSENT}
 * @param port the port, 0 to 65535, or {@link #ABSENT}
 * @param flags bits such as {@link #SIGNAL}, or {@link #NO_FLAGS}
 * @param interfaceIndex the interface's number, or {@link #ABSENT}
 */
public record AddressFields(IpAddress address, int id, int port, long flags, int interfaceIndex) {

    /** Stands for a number that is not there; 0 would be one. */
    public static final int ABSENT = -1;

    /** Stands for flags that are not there. All others have 32 bits. */
    public static final long NO_FLAGS = -1;

    public static final int SIGNAL = 1;
    public static final int SUBFLOW = 2;
    public static final int BACKUP = 4;
    public static final int FULLMESH = 8;
    public static final int IMPLICIT = 16;
    public static final int LAMINAR = 32;

    /** No attribute at all. */
    public static final AddressFields NONE = new AddressFields(null, ABSENT, ABSENT, NO_FLAGS, ABSENT);

    /** Returns an address and nothing more. */
    public static AddressFields of(IpAddress address) {
        return NONE.withAddress(address);
    }

    /** Returns an address id and nothing more. */
    public static AddressFields ofId(int id) {
        return NONE.withId(id);
    }

    public AddressFields withAddress(IpAddress value) {
        return new AddressFields(value, id, port, flags, interfaceIndex);
    }

    public AddressFields withId(int value) {
        return new AddressFields(address, value, port, flags, interfaceIndex);
    }

    public AddressFields withPort(int value) {
        return new AddressFields(address, id, value, flags, interfaceIndex);
    }

    /** Sets the flags; those that the record held before are gone. */
    public AddressFields withFlags(int value) {
        return new AddressFields(address, id, port, Integer.toUnsignedLong(value), interfaceIndex);
    }

    public AddressFields withInterface(int value) {
        return new AddressFields(address, id, port, flags, value);
    }
}
