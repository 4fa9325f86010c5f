package org.smapp.itests.recovery;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code smapp connections --json} shows.
 *
 * @param tokens the connections, as {@code ss -M} shows them
 * @param subflows the ends of the subflows that are established, as {@code ss -t} shows them
 * @param details each token with side, and each subflow with its ids and backup mark
 */
record Picture(Set<String> tokens, Set<String> subflows, Set<String> details) {

    private static final Pattern CONNECTION = Pattern.compile("\\{\"token\":(\\d+),\"side\":\"(\\w+)\"");
    private static final Pattern SUBFLOW = Pattern.compile("\\{\"localAddress\":\"([^\"]+)\",\"localPort\":(\\d+),"
            + "\"remoteAddress\":\"([^\"]+)\",\"remotePort\":(\\d+),(\"localId\":\\d+,\"remoteId\":\\d+),"
            + "\"state\":\"ESTABLISHED\",(\"backup\":\\w+)");

    static Picture of(String json) {
        Picture picture = new Picture(new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
        Matcher connection = CONNECTION.matcher(json);
        while (connection.find()) {
            String token = Long.toHexString(Long.parseLong(connection.group(1)));
            picture.tokens.add(token);
            picture.details.add(token + " " + connection.group(2));
        }
        Matcher subflow = SUBFLOW.matcher(json);
        while (subflow.find()) {
            String ends = subflow.group(1) + ":" + subflow.group(2) + " " + subflow.group(3) + ":" + subflow.group(4);
            picture.subflows.add(ends);
            picture.details.add(ends + " " + subflow.group(5) + " " + subflow.group(6));
        }
        return picture;
    }

    boolean equalsKernel(LoadedGateway gateway) {
        return tokens.equals(gateway.kernelTokens()) && subflows.equals(gateway.kernelSubflows());
    }
}
