package org.smapp.launcher;

import java.util.OptionalInt;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the value of {@code --http}: a port, or {@code off}. Thread-safe: stateless. */
final class HttpPort implements ITypeConverter<OptionalInt> {

    private static final int HIGHEST = 65535;

    @Override
    public OptionalInt convert(String value) {
        if (value.equals("off")) {
            return OptionalInt.empty();
        }
        try {
            int port = Integer.parseInt(value);
            if (port >= 1 && port <= HIGHEST) {
                return OptionalInt.of(port);
            }
        } catch (NumberFormatException e) {
            // Said below, in words for the operator.
        }
        throw new TypeConversionException("'" + value + "' is neither a port from 1 to " + HIGHEST + " nor 'off'");
    }
}
