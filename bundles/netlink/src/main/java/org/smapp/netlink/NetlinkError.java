package org.smapp.netlink;

import org.smapp.linux.Errno;

/**
 * What the kernel said to a request: an acknowledgement or an error, with the details that NETLINK_EXT_ACK brings.
 *
 * @param errno the error number, 0 for an acknowledgement
 * @param text the kernel's words, empty if it gave none; their wording differs between kernels. An acknowledgement can carry
 *     a warning here
 * @param offset which byte of the request, counted from its netlink header, it is about, or -1
 * @param missingAttribute the type of the attribute that the request lacks, or -1
 */
public record NetlinkError(int errno, String text, int offset, int missingAttribute) {

    /** An acknowledgement without remarks. */
    public static final NetlinkError NONE = new NetlinkError(0, "", -1, -1);

    private static final int ATTRIBUTE_TEXT = 1;
    private static final int ATTRIBUTE_OFFSET = 2;
    private static final int ATTRIBUTE_MISSING = 5;

    private static final int CODE_BYTES = 4;

    /**
     * Decodes a message of type {@link MessageType#ERROR} or {@link MessageType#DONE}.
     *
     * <p>ERROR: s32 code, the request's header, the request's payload unless CAPPED, attributes if ERROR_ATTRIBUTES. DONE: s32
     * code, attributes if ERROR_ATTRIBUTES (a dump that fails says so only here).
     */
    public static NetlinkError decode(MessageReader message) {
        int errno = errnoOf(message);
        if ((message.flags() & MessageFlags.ERROR_ATTRIBUTES) == 0) {
            return errno == 0 ? NONE : new NetlinkError(errno, "", -1, -1);
        }
        return explained(errno, message.attributes(bytesBeforeAttributes(message)));
    }

    /** Returns the error number alone, 0 for an acknowledgement, without making an object. */
    static int errnoOf(MessageReader message) {
        if (message.payloadLength() < CODE_BYTES) {
            return Errno.EBADMSG;
        }
        // Negative in errors; a DONE may also carry what is left of a dump's counter.
        return Math.max(0, -message.buffer().getInt(message.payloadStart()));
    }

    private static int bytesBeforeAttributes(MessageReader message) {
        if (message.type() == MessageType.DONE) {
            return CODE_BYTES;
        }
        int request = CODE_BYTES + MessageReader.HEADER_BYTES;
        boolean capped = (message.flags() & MessageFlags.CAPPED) != 0;
        if (capped || message.payloadLength() < request) {
            return request;
        }
        int requestLength = message.buffer().getInt(message.payloadStart() + CODE_BYTES);
        boolean sane = requestLength >= MessageReader.HEADER_BYTES && requestLength <= message.payloadLength();
        return sane ? CODE_BYTES + requestLength : message.payloadLength();
    }

    private static NetlinkError explained(int errno, AttributeReader attributes) {
        String text = "";
        int offset = -1;
        int missing = -1;
        while (attributes.next()) {
            switch (attributes.type()) {
                case ATTRIBUTE_TEXT -> text = attributes.string();
                case ATTRIBUTE_OFFSET -> offset = attributes.u32();
                case ATTRIBUTE_MISSING -> missing = attributes.u32();
                default -> {}
            }
        }
        return new NetlinkError(errno, text, offset, missing);
    }

    /** Returns all of it in words, such as {@code EINVAL (22): invalid token, at byte 56}. */
    @Override
    public String toString() {
        StringBuilder words = new StringBuilder(errno == 0 ? "acknowledged" : Errno.name(errno) + " (" + errno + ")");
        if (!text.isEmpty()) {
            words.append(": ").append(text);
        }
        if (missingAttribute >= 0) {
            words.append(", attribute ").append(missingAttribute).append(" is missing");
        }
        if (offset >= 0) {
            words.append(", at byte ").append(offset);
        }
        return words.toString();
    }
}
