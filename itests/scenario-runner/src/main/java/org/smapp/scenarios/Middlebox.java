package org.smapp.scenarios;

import java.util.Locale;
import org.smapp.testkit.lab.Host;

/**
 * A middlebox right in front of a host, which keeps state of each flow through it and can lose it, as an overloaded NAT does.
 * New flows pass.
 */
final class Middlebox {

    /** What a middlebox does to packets of a flow that it no longer knows. */
    enum Manners {
        /** It answers with a TCP reset, to whoever sent the packet. */
        RESETS("tcp flags & rst == 0 reject with tcp reset"), // the resets themselves pass
        /** It drops them without a word. */
        DROPS("drop");

        private final String statement;

        Manners(String statement) {
            this.statement = statement;
        }
    }

    private final Host host;

    private Middlebox(Host host) {
        this.host = host;
    }

    /** Puts a middlebox in front of {@code host}. */
    static Middlebox before(Host host) {
        host.run("nft", "add table inet middlebox");
        for (Manners manners : Manners.values()) {
            String set = set(manners);
            host.run("nft", "add set inet middlebox " + set + " { type inet_service; }");
            for (String way : new String[] {"input", "output"}) {
                String chain = "inet middlebox " + way + "_" + set;
                host.run("nft", "add chain " + chain + " { type filter hook " + way + " priority 0; }");
                String peerPort = way.equals("input") ? "sport" : "dport";
                host.run("nft", "add rule " + chain + " tcp " + peerPort + " @" + set + " " + manners.statement);
            }
        }
        return new Middlebox(host);
    }

    private static String set(Manners manners) {
        return manners.name().toLowerCase(Locale.ROOT);
    }

    /** Loses the state of the flow whose other end has this port. */
    void forget(int port, Manners manners) {
        host.run("nft", "add element inet middlebox " + set(manners) + " { " + port + " }");
    }
}
