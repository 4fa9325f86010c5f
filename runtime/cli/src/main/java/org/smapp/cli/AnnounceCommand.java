package org.smapp.cli;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "announce",
        description = "Tells the peer of a further local address (ADD_ADDR).",
        footerHeading = "%nExamples:%n",
        footer = {"  smapp announce fbdb7365 10.0.2.1", "  smapp announce fbdb7365 [2001:db8::1]:443 --id 3"})
final class AnnounceCommand extends SubmitCommand {

    @Parameters(
            index = "1",
            paramLabel = "ADDRESS[:PORT]",
            converter = Endpoint.Converter.class,
            description = "An address of this host. Without a port, the peer uses the connection's.")
    private Endpoint address;

    @Option(
            names = "--id",
            paramLabel = "ID",
            description = "The address id, 1 to 255. Default: the one that belongs to this address.")
    private Integer id;

    @Override
    void fill(Fields connection, Map<String, Object> request) {
        request.put("localAddress", address.address());
        request.put("localPort", address.port());
        if (id != null) {
            request.put("localId", id);
        }
    }
}
