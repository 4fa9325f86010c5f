package org.smapp.testkit.kernel;

import java.util.HashMap;
import java.util.Map;
import org.smapp.linux.Errno;
import org.smapp.netlink.AttributeReader;
import org.smapp.netlink.MessageReader;

/** The attributes of a request to the path manager, after the kernel's check of their lengths. */
final class Request {

    private static final Map<Integer, Integer> LEAST_BYTES =
            Map.of(Uapi.RCV_ADD_ADDRS, 4, Uapi.SUBFLOWS, 4, Uapi.TOKEN, 4, Uapi.LOC_ID, 1);

    private final Map<Integer, Integer> offsets = new HashMap<>();
    private final Map<Integer, Integer> numbers = new HashMap<>();
    private final Map<Integer, AddressAttribute> addresses = new HashMap<>();

    Request(MessageReader message) throws Refusal {
        AttributeReader attributes = message.attributes(MessageReader.GENERIC_HEADER_BYTES);
        while (attributes.next()) {
            int type = attributes.type();
            offsets.put(type, AddressAttribute.offset(attributes));
            if (type == Uapi.ADDR || type == Uapi.ADDR_REMOTE) {
                addresses.put(type, AddressAttribute.read(attributes));
            } else if (LEAST_BYTES.containsKey(type)) {
                number(attributes);
            }
        }
    }

    private void number(AttributeReader attribute) throws Refusal {
        int bytes = LEAST_BYTES.get(attribute.type());
        if (attribute.length() < bytes) {
            throw Refusal.at(AddressAttribute.offset(attribute), Errno.ERANGE, "Attribute failed policy validation");
        }
        numbers.put(attribute.type(), bytes == 1 ? attribute.u8() : attribute.u32());
    }

    boolean has(int attribute) {
        return offsets.containsKey(attribute);
    }

    /** Returns where the attribute begins, counted from the request's netlink header. */
    int offset(int attribute) {
        return offsets.getOrDefault(attribute, Refusal.NOWHERE);
    }

    void need(int attribute) throws Refusal {
        if (!has(attribute)) {
            throw Refusal.missing(attribute);
        }
    }

    /** Returns a number that may be absent. */
    int number(int attribute, int otherwise) {
        return numbers.getOrDefault(attribute, otherwise);
    }

    int number(int attribute) throws Refusal {
        need(attribute);
        return numbers.get(attribute);
    }

    /** Returns an address that has to name its family and be complete. */
    AddressAttribute address(int attribute) throws Refusal {
        return maybeAddress(attribute).withFamily();
    }

    /** Returns an address that may leave out its family, and then is only an id and flags. */
    AddressAttribute maybeAddress(int attribute) throws Refusal {
        need(attribute);
        AddressAttribute found = addresses.get(attribute);
        return found.family() == 0 ? found : found.withFamily();
    }
}
