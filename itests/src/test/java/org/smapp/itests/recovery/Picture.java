package org.smapp.itests.recovery;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What SMAPP shows, in the words of {@code ss}.
 *
 * @param tokens of the connections, as {@code ss -M} shows them
 * @param subflows the four ends of those established, as {@code ss -t} shows them
 * @param details each token with side, announced addresses, and each of its subflows with ids and backup mark
 * @param owners how many connections each controller owns; those of the empty name are owned by none
 */
record Picture(Set<String> tokens, Set<String> subflows, Set<String> details, Map<String, Integer> owners) {

    private static final Pattern CONNECTION =
            Pattern.compile("\\{\"token\":(\\d+),\"side\":\"(\\w+)\",[^{]*\"controller\":\"(\\w*)\"");
    private static final Pattern SUBFLOW = Pattern.compile("\\{\"localAddress\":\"([^\"]+)\",\"localPort\":(\\d+),"
            + "\"remoteAddress\":\"([^\"]+)\",\"remotePort\":(\\d+),(\"localId\":\\d+,\"remoteId\":\\d+),"
            + "\"state\":\"ESTABLISHED\",(\"backup\":\\w+)");
    private static final Pattern REMOTES = Pattern.compile("\"remoteAddresses\":\\[[^]]*]");

    static Picture of(String json) {
        Picture picture = new Picture(new TreeSet<>(), new TreeSet<>(), new TreeSet<>(), new TreeMap<>());
        for (String each : connections(json)) {
            Matcher connection = CONNECTION.matcher(each);
            if (connection.find()) {
                picture.add(each, connection);
            }
        }
        return picture;
    }

    private static String[] connections(String json) {
        return json.split("(?=\\{\"token\":)");
    }

    /** Returns what SMAPP shows of one connection, whose token is written as {@code ss} does; empty if it shows nothing. */
    static String connection(String json, String token) {
        String start = "{\"token\":" + Long.parseLong(token, 16) + ",";
        return Arrays.stream(connections(json))
                .filter(each -> each.startsWith(start))
                .findFirst()
                .orElse("");
    }

    private void add(String json, Matcher connection) {
        String token = Long.toHexString(Long.parseLong(connection.group(1)));
        tokens.add(token);
        owners.merge(connection.group(3), 1, Integer::sum);
        Matcher remotes = REMOTES.matcher(json);
        details.add(token + " " + connection.group(2) + " " + (remotes.find() ? remotes.group() : ""));
        Matcher subflow = SUBFLOW.matcher(json);
        while (subflow.find()) {
            String ends = subflow.group(1) + ":" + subflow.group(2) + " " + subflow.group(3) + ":" + subflow.group(4);
            subflows.add(ends);
            details.add(token + " " + ends + " " + subflow.group(5) + " " + subflow.group(6));
        }
    }

    /** Returns whether the connections and subflows are these. */
    boolean shows(Picture kernel) {
        return tokens.equals(kernel.tokens) && subflows.equals(kernel.subflows);
    }
}
