package org.smapp.cli;

import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options that say which subflow of a connection is meant: as much of its two ends as makes it clear. */
final class SubflowChoice {

    @Option(
            names = "--local",
            paramLabel = "ADDRESS[:PORT]",
            converter = Endpoint.Converter.class,
            description = "This host's end of the subflow.")
    private Endpoint local;

    @Option(
            names = "--remote",
            paramLabel = "ADDRESS[:PORT]",
            converter = Endpoint.Converter.class,
            description = "The peer's end of the subflow.")
    private Endpoint remote;

    boolean isEmpty() {
        return local == null && remote == null;
    }

    /** Puts both ends into {@code request}, as the kernel knows them. */
    void put(Fields connection, Map<String, Object> request) throws Failure {
        List<Fields> found =
                connection.list("subflows").stream().filter(this::fits).toList();
        String token = Text.token(connection.number("token"));
        if (found.isEmpty()) {
            throw new Failure(
                    "The connection has no such subflow; \"smapp connection " + token + "\" lists those it has.");
        }
        if (found.size() > 1) {
            throw new Failure("That fits " + found.size() + " subflows of the connection; name --local with its port."
                    + " \"smapp connection " + token + "\" lists them.");
        }
        Fields subflow = found.get(0);
        for (String name : new String[] {"localAddress", "localPort", "remoteAddress", "remotePort"}) {
            request.put(name, subflow.values().get(name));
        }
    }

    private boolean fits(Fields subflow) {
        return (local == null || local.fits(subflow.text("localAddress"), subflow.number("localPort")))
                && (remote == null || remote.fits(subflow.text("remoteAddress"), subflow.number("remotePort")));
    }
}
