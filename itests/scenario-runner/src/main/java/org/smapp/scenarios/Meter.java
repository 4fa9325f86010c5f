package org.smapp.scenarios;

import java.util.regex.Pattern;
import org.smapp.testkit.lab.Host;

/** Counts what TCP sends and receives over one interface of a host, IP headers and handshakes included. */
final class Meter {

    private static final Pattern BYTES = Pattern.compile("bytes (\\d+)");

    private final Host host;

    private Meter(Host host) {
        this.host = host;
    }

    /** Starts to count. */
    static Meter on(Host host, String device) {
        host.run("nft", "add table inet counted");
        for (String way : new String[] {"input", "output"}) {
            host.run("nft", "add chain inet counted " + way + " { type filter hook " + way + " priority 0; }");
            String over = (way.equals("input") ? "iifname " : "oifname ") + device;
            host.run("nft", "add rule inet counted " + way + " " + over + " meta l4proto tcp counter");
        }
        return new Meter(host);
    }

    /** Returns the bytes so far, both ways. */
    long bytes() {
        return BYTES.matcher(host.run("nft", "list table inet counted"))
                .results()
                .mapToLong(each -> Long.parseLong(each.group(1)))
                .sum();
    }
}
