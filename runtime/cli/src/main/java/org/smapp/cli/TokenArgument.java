package org.smapp.cli;

import java.util.List;
import java.util.Map;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A connection's token as it was typed. Up to eight digits can be decimal or hexadecimal: the daemon's answers tell which.
 *
 * @param readings what it can mean, the likelier first
 */
record TokenArgument(List<Long> readings) {

    /** Explains the forms, for the help of each command. */
    static final String HELP =
            "The connection's token: in hexadecimal as the tables and 'ss -M' show it, with or without"
                    + " 0x, or in decimal. Digits alone are decimal, unless only their hexadecimal reading is known.";

    private static final long MAX = 0xffff_ffffL;

    static final class Converter implements ITypeConverter<TokenArgument> {
        @Override
        public TokenArgument convert(String text) {
            return parse(text);
        }
    }

    static TokenArgument parse(String text) {
        boolean prefixed = text.startsWith("0x") || text.startsWith("0X");
        String digits = prefixed ? text.substring(2) : text;
        if (!prefixed && digits.matches("[0-9]{1,10}") && Long.parseLong(digits) <= MAX) {
            long decimal = Long.parseLong(digits);
            boolean ambiguous = digits.length() <= 8 && decimal > 9;
            return new TokenArgument(ambiguous ? List.of(decimal, Long.parseLong(digits, 16)) : List.of(decimal));
        }
        if (digits.matches("[0-9a-fA-F]{1,8}")) {
            return new TokenArgument(List.of(Long.parseLong(digits, 16)));
        }
        throw new TypeConversionException("'" + text
                + "' is no token: write it as a table or 'ss -M' shows it (fbdb7365), with 0x, or in decimal");
    }

    /** Asks {@code operation} for each reading, and returns the first answer that is not empty, or the last. */
    String ask(Daemon daemon, String operation) throws Failure {
        String answer = "[]";
        for (long reading : readings) {
            Map<String, Object> request = Daemon.request(operation);
            request.put("token", reading);
            answer = daemon.ask(request);
            if (!answer.equals("[]")) {
                break;
            }
        }
        return answer;
    }

    /** Returns what the daemon knows of the connection. */
    Fields connection(Daemon daemon) throws Failure {
        List<Fields> found = Json.objects(ask(daemon, "connections"));
        if (found.isEmpty()) {
            throw unknown();
        }
        return found.get(0);
    }

    Failure unknown() {
        return new Failure("The daemon knows no connection " + this + "; \"smapp connections\" lists those it knows.");
    }

    @Override
    public String toString() {
        return Text.token(readings.get(0)) + (readings.size() > 1 ? " or " + Text.token(readings.get(1)) : "");
    }
}
