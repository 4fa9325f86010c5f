package org.smapp.itests.recovery;

import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.smapp.testkit.gateway.Shown;
import org.smapp.testkit.gateway.Smapp;
import org.smapp.testkit.lab.GatewayLab;
import org.smapp.testkit.lab.Host;

/** What there is of the connections that a program of the gateway has, when it does not get on. For one thread. */
final class Standstill {

    private static final Pattern LOCAL_END = Pattern.compile("(\\S+)\\s+\\S+\\s+users:");
    private static final Pattern TOKEN = Pattern.compile("\\stoken:([0-9a-f]+)\\s");

    private Standstill() {}

    /** Returns the sockets at both ends in the words of {@code ss}, and what SMAPP shows of them. */
    static String of(long pid, GatewayLab lab, Smapp smapp) {
        String here = sockets(lab.gateway(), line -> line.contains("pid=" + pid + ","));
        Set<String> ends = LOCAL_END
                .matcher(here)
                .results()
                .map(each -> each.group(1) + " ")
                .collect(Collectors.toSet());
        String there = sockets(lab.server(), line -> ends.stream().anyMatch(line::contains));
        String shown = TOKEN.matcher(here)
                .results()
                .map(each -> smapp.control().connection(Long.parseLong(each.group(1), 16)))
                .map(each -> each.map(Shown.Connection::toString).orElse(""))
                .collect(Collectors.joining("\n"));
        return "In the gateway:\n" + here + "\nIn the server:\n" + there + "\nIn SMAPP:\n" + shown;
    }

    private static String sockets(Host host, Predicate<String> which) {
        return Stream.of("-MOnaip", "-tOnaiop")
                .flatMap(options -> host.run("ss", options).lines())
                .filter(which)
                .collect(Collectors.joining("\n"));
    }
}
