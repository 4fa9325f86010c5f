package org.smapp.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * An address, perhaps with a port, as it was typed. Whether the address is one is for the daemon to say.
 *
 * @param address without brackets
 * @param port 0 when none was named
 */
record Endpoint(String address, int port) {

    static final class Converter implements ITypeConverter<Endpoint> {
        @Override
        public Endpoint convert(String text) {
            return parse(text);
        }
    }

    static Endpoint parse(String text) {
        int colon = text.lastIndexOf(':');
        if (text.startsWith("[")) {
            int bracket = text.indexOf(']');
            if (bracket == text.length() - 1) {
                return new Endpoint(text.substring(1, bracket), 0);
            }
            if (bracket > 0 && colon == bracket + 1) {
                return new Endpoint(text.substring(1, bracket), port(text, colon));
            }
        } else if (colon < 0 || text.indexOf(':') < colon) {
            return new Endpoint(text, 0); // without brackets, an IPv6 address has no port
        } else if (colon > 0) {
            return new Endpoint(text.substring(0, colon), port(text, colon));
        }
        throw wrong(text);
    }

    private static int port(String text, int colon) {
        String digits = text.substring(colon + 1);
        int port = digits.matches("[0-9]{1,5}") ? Integer.parseInt(digits) : 0;
        if (port < 1 || port > 65535) {
            throw wrong(text);
        }
        return port;
    }

    private static TypeConversionException wrong(String text) {
        return new TypeConversionException(
                "'" + text + "' is no address such as 192.0.2.1, 192.0.2.1:443, 2001:db8::1 or [2001:db8::1]:443");
    }

    /** Returns whether it is that one; a port that was not named fits every port. */
    boolean fits(String otherAddress, long otherPort) {
        return Text.address(address).equals(Text.address(otherAddress)) && (port == 0 || port == otherPort);
    }
}
