package org.smapp.control;

import java.util.List;
import org.smapp.api.Command;
import org.smapp.api.FourTuple;
import org.smapp.api.LocalAddress;
import org.smapp.api.TransportAddress;

/**
 * Reads commands. Fields by kind, those in brackets optional:
 *
 * <pre>
 *   create     localAddress [localPort] [localId] remoteAddress remotePort [backup] [interface]
 *   destroy    localAddress localPort remoteAddress remotePort
 *   announce   localAddress [localPort] [localId]
 *   withdraw   localId
 *   setBackup  localAddress localPort remoteAddress remotePort backup
 * </pre>
 *
 * All have {@code token} too.
 */
final class CommandRequest {

    private static final int MAX_PORT = 65535;
    private static final int MAX_ID = 255;

    private final Request request;
    private final List<LocalAddress> localAddresses;

    /** The local addresses tell which interface has which number. */
    CommandRequest(Request request, List<LocalAddress> localAddresses) {
        this.request = request;
        this.localAddresses = localAddresses;
    }

    Command command() throws BadRequest {
        String kind = request.text("command");
        return switch (kind) {
            case "create" ->
                new Command.CreateSubflow(
                        request.token(), local(), localId(0), remote(), optionalBackup(), interfaceIndex());
            case "destroy" -> new Command.DestroySubflow(request.token(), tuple());
            case "announce" -> new Command.Announce(request.token(), local(), localId(1));
            case "withdraw" -> new Command.Withdraw(request.token(), request.number("localId", 0, MAX_ID));
            case "setBackup" -> new Command.SetBackup(request.token(), tuple(), request.flag("backup"));
            default ->
                throw new BadRequest(
                        "Unknown command \"" + kind + "\". There are: create, destroy, announce, withdraw, setBackup.");
        };
    }

    private TransportAddress local() throws BadRequest {
        int port = request.has("localPort") ? request.number("localPort", 0, MAX_PORT) : 0;
        return new TransportAddress(request.address("localAddress"), port);
    }

    private TransportAddress remote() throws BadRequest {
        return new TransportAddress(request.address("remoteAddress"), request.number("remotePort", 1, MAX_PORT));
    }

    private FourTuple tuple() throws BadRequest {
        int localPort = request.number("localPort", 1, MAX_PORT);
        TransportAddress remote = remote();
        return new FourTuple(request.address("localAddress"), localPort, remote.address(), remote.port());
    }

    private int localId(int min) throws BadRequest {
        return request.has("localId") ? request.number("localId", min, MAX_ID) : Command.CHOOSE_ID;
    }

    private boolean optionalBackup() throws BadRequest {
        return request.has("backup") && request.flag("backup");
    }

    private int interfaceIndex() throws BadRequest {
        if (!request.has("interface")) {
            return 0;
        }
        String name = request.text("interface");
        return localAddresses.stream()
                .filter(local -> local.interfaceName().equals(name))
                .mapToInt(LocalAddress::interfaceIndex)
                .findFirst()
                .orElseThrow(() -> new BadRequest("No usable local address is on an interface \"" + name + "\"."));
    }
}
