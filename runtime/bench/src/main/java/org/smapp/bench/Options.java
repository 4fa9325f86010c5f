package org.smapp.bench;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the user asked for. Written by {@link #parse} only, then safe for any thread. */
final class Options {

    static final String HELP = """
            Usage: reaction [OPTION]...

            Measures how long each path manager takes from the SYN that opens a connection (MP_CAPABLE) to the SYN that
            joins its second subflow (MP_JOIN), by the time stamps of the packets, and prints a table. Makes two network
            namespaces with two links between them; fetches a file by HTTP, one connection after the other, with curl
            from lighttpd, both made to use MPTCP by mptcpize. The path managers take turns in rounds, in rotated order; each
            is started afresh for each round and makes the warm-up connections, which do not count, before it is measured.

              --connections N   connections that count, per path manager (1000)
              --rounds N        rounds that they are divided into (10)
              --warmup N        connections before each round that do not count (20)
              --size KB         size of the file in kB (512)
              --rate MBIT       what the server may send on each link, so that a connection lasts long enough for a second
                                subflow; 0: no limit (200)
              --only NAME,...   path managers: kernel, c (a minimal one in C), smapp, mptcpd (kernel,c,smapp)
              --with NAME,...   further ones beside those
              --stress          keep every processor busy with another process
              --csv FILE        write each delay to FILE: round,path_manager,connection,delay_ns
              --help            this text

            On a machine that does other work too, give all of it precedence: nice -n -15 reaction ... (Real-time priority
            is no good for that: a Java machine at SCHED_FIFO can hold all processors.) taskset binds it to certain processors.

            Needs root, or a kernel that lets users make user namespaces. Exit status: 0 measured, 1 could not measure,
            2 wrong arguments.
            """;

    private int connections = 1000;
    private int rounds = 10;
    private int warmUp = 20;
    private int sizeKb = 512;
    private int rateMbit = 200;
    private Set<String> pathManagers = new LinkedHashSet<>(PathManagers.USUAL);
    private boolean stress;
    private boolean help;
    private Optional<Path> csv = Optional.empty();

    private Options() {}

    /** @throws IllegalArgumentException with a sentence for the user */
    static Options parse(String... arguments) {
        Deque<String> left = new ArrayDeque<>(List.of(arguments));
        Options options = new Options();
        while (!left.isEmpty()) {
            options.take(left.pop(), left);
        }
        if (options.rounds > options.connections) {
            throw new IllegalArgumentException("There are more rounds than connections: give fewer with --rounds N");
        }
        return options;
    }

    private void take(String option, Deque<String> left) {
        switch (option) {
            case "--connections" -> connections = number(option, left, 1);
            case "--rounds" -> rounds = number(option, left, 1);
            case "--warmup" -> warmUp = number(option, left, 0);
            case "--size" -> sizeKb = number(option, left, 1);
            case "--rate" -> rateMbit = number(option, left, 0);
            case "--only" -> pathManagers = names(option, left);
            case "--with" -> pathManagers.addAll(names(option, left));
            case "--stress" -> stress = true;
            case "--csv" -> csv = Optional.of(Path.of(value(option, left)));
            case "--help", "-h" -> help = true;
            default -> throw new IllegalArgumentException("There is no option " + option);
        }
    }

    private static String value(String option, Deque<String> left) {
        if (left.isEmpty()) {
            throw new IllegalArgumentException(option + " needs a value");
        }
        return left.pop();
    }

    private static int number(String option, Deque<String> left, int least) {
        String value = value(option, left);
        if (!value.matches("\\d{1,7}") || Integer.parseInt(value) < least) {
            throw new IllegalArgumentException(
                    option + " needs a whole number of at least " + least + ", not " + value);
        }
        return Integer.parseInt(value);
    }

    private static Set<String> names(String option, Deque<String> left) {
        Set<String> names = new LinkedHashSet<>(List.of(value(option, left).split(",")));
        for (String name : names) {
            if (!PathManagers.NAMES.contains(name)) {
                throw new IllegalArgumentException("There is no path manager " + name + " for " + option
                        + "; choose among " + String.join(", ", PathManagers.NAMES));
            }
        }
        return names;
    }

    int connections() {
        return connections;
    }

    int rounds() {
        return rounds;
    }

    /** Returns how many connections count in a round, the first being 0. */
    int connectionsIn(int round) {
        return connections / rounds + (round < connections % rounds ? 1 : 0);
    }

    int warmUp() {
        return warmUp;
    }

    int sizeKb() {
        return sizeKb;
    }

    /** Returns what the server may send on each link in Mbit/s, 0 for no limit. */
    int rateMbit() {
        return rateMbit;
    }

    List<String> pathManagers() {
        return List.copyOf(pathManagers);
    }

    boolean stress() {
        return stress;
    }

    Optional<Path> csv() {
        return csv;
    }

    boolean help() {
        return help;
    }
}
