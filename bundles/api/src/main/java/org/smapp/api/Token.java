package org.smapp.api;

/**
 * The 32-bit number that names a connection on this host (RFC 8684, section 3.2: the first 32 bits of the hash of the local
 * key). It is unique while the connection lives, and may come again later.
 *
 * @param value the token's bits
 */
public record Token(int value) {

    /**
     * Reads a token as people write it.
     *
     * @param text decimal ({@code 4225475429}) or hexadecimal with a prefix ({@code 0xfbdb7365})
     * @throws NumberFormatException if it is neither, or has more than 32 bits
     */
    public static Token parse(String text) {
        boolean hexadecimal = text.startsWith("0x") || text.startsWith("0X");
        return new Token(
                hexadecimal ? Integer.parseUnsignedInt(text.substring(2), 16) : Integer.parseUnsignedInt(text));
    }

    /** Returns the token as a number that is never negative, as the kernel's tools print it. */
    public long unsigned() {
        return Integer.toUnsignedLong(value);
    }

    // Written out, as in the other small records: what javac makes for a record goes through method handles, which cost
    // tens of microseconds for each event until the second compiler has compiled them.
    @Override
    public boolean equals(Object other) {
        return other instanceof Token token && token.value == value;
    }

    @Override
    public int hashCode() {
        return value;
    }

    /** Returns eight hexadecimal digits, as {@code ss -M} shows them. */
    @Override
    public String toString() {
        String digits = Integer.toHexString(value);
        return "00000000".substring(digits.length()) + digits;
    }
}
