package org.smapp.testkit.controller;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.smapp.api.CloseCause;
import org.smapp.api.Command;
import org.smapp.api.FourTuple;
import org.smapp.api.IpAddress;
import org.smapp.api.LocalAddress;
import org.smapp.api.Outcome;
import org.smapp.api.RemoteAddress;
import org.smapp.api.Side;
import org.smapp.api.Subflow;
import org.smapp.api.SubflowState;
import org.smapp.api.TransportAddress;
import org.smapp.api.controller.ConnectionHandler;
import org.smapp.api.controller.SubflowController;
import org.smapp.api.event.AddressAnnounced;
import org.smapp.api.event.AddressRemoved;
import org.smapp.api.event.ConnectionEstablished;
import org.smapp.api.event.LocalAddressAdded;
import org.smapp.api.event.LocalAddressRemoved;
import org.smapp.api.event.SubflowClosed;
import org.smapp.api.event.SubflowEstablished;
import org.smapp.api.event.SubflowTimeout;

/**
 * A connection for the test of a controller, in a few lines and without a kernel:
 *
 * <pre>
 * FakeConnection connection = FakeConnection.client("10.0.1.2", "10.9.0.1:443").with("10.0.1.2", "wan1").with("10.0.2.2", "wan2");
 * connection.givenTo(new MyController());
 * connection.establish();
 * assertEquals(List.of("create subflow 10.0.2.2 -&gt; 10.9.0.1:443"), connection.commands());
 * </pre>
 *
 * <p>Commands are recorded and accepted, unless {@link #answer} says otherwise. Time stands still until {@link #pass}.
 * For one thread.
 */
public final class FakeConnection extends GivenConnection {

    private SubflowController controller;
    private ConnectionHandler handler;

    private FakeConnection(Side side, String local, TransportAddress peer) {
        super(side, new FourTuple(IpAddress.parse(local), FIRST_PORT, peer.address(), peer.port()));
    }

    /** A connection that this host opened from an address to {@code address:port}, created and not yet established. */
    public static FakeConnection client(String local, String remote) {
        return new FakeConnection(Side.CLIENT, local, at(remote));
    }

    /** A connection that this host accepted. */
    public static FakeConnection server(String local, String remote) {
        return new FakeConnection(Side.SERVER, local, at(remote));
    }

    /** Adds a usable local address, without an event. */
    public FakeConnection with(String local, String interfaceName) {
        locals.add(localAddress(local, interfaceName));
        return this;
    }

    /** Sets how commands are answered from now on. */
    public void answer(Function<Command, Outcome> next) {
        answer = next;
    }

    /** Sets what the policy sets, before a controller gets the connection. */
    public FakeConnection set(String key, Object value) {
        settings.put(key, value);
        return this;
    }

    /** The policy's settings change. Returns whether the handler went on with them; if not, it was replaced. */
    public boolean change(String key, Object value) {
        set(key, value);
        boolean goesOn = handler.onSettingsChanged();
        if (!goesOn) {
            handler.released();
            givenTo(controller);
        }
        return goesOn;
    }

    /** Hands the connection to a controller, as the platform does. */
    public void givenTo(SubflowController next) {
        controller = next;
        handler = next.manage(this);
    }

    /** The kernel reports that the connection is established. */
    public void establish() {
        established = true;
        handler.onEstablished(new ConnectionEstablished(token(), side, tuple, false));
    }

    /** Makes the connection established before a controller gets it. */
    public FakeConnection established() {
        established = true;
        return this;
    }

    /** A local address becomes usable. */
    public void addLocal(String local, String interfaceName) {
        with(local, interfaceName);
        handler.onLocalAddressAdded(new LocalAddressAdded(localAddress(local, interfaceName), "test"));
    }

    /** A local address stops being usable. */
    public void removeLocal(String local) {
        LocalAddress gone = locals.stream()
                .filter(each -> each.address().toString().equals(local))
                .findFirst()
                .orElseThrow();
        locals.remove(gone);
        handler.onLocalAddressRemoved(new LocalAddressRemoved(gone, "test"));
    }

    /** The peer announces {@code address:port}. */
    public void announceRemote(int id, String remote) {
        remotes.add(new RemoteAddress(id, at(remote)));
        handler.onAddressAnnounced(new AddressAnnounced(token(), id, at(remote)));
    }

    /** The peer withdraws an address. */
    public void withdrawRemote(int id) {
        remotes.removeIf(each -> each.id() == id);
        handler.onAddressRemoved(new AddressRemoved(token(), id));
    }

    /** The oldest subflow that is connecting becomes established; returns it as it is then. */
    public Subflow join() {
        Subflow asked = subflows.stream()
                .filter(each -> each.state() == SubflowState.CONNECTING)
                .findFirst()
                .orElseThrow();
        FourTuple ends = ends(asked);
        nextPort++;
        Subflow joined =
                new Subflow(ends, asked.localId(), asked.remoteId(), SubflowState.ESTABLISHED, asked.backup(), "");
        subflows.set(subflows.indexOf(asked), joined);
        handler.onSubflowEstablished(
                new SubflowEstablished(token(), ends, joined.localId(), joined.remoteId(), false, 0));
        return joined;
    }

    /** A subflow ends with this errno, 0 for an orderly end. */
    public void close(Subflow subflow, int errno) {
        close(subflow, new CloseCause(errno, CloseCause.NO_RESET, false));
    }

    /** A subflow ends. */
    public void close(Subflow subflow, CloseCause cause) {
        subflows.remove(subflow);
        handler.onSubflowClosed(new SubflowClosed(
                token(), subflow.tuple(), subflow.localId(), subflow.remoteId(), subflow.backup(), 0, cause));
    }

    /** The retransmission timer of a subflow expires: after so many milliseconds, the {@code consecutive}th time in a row. */
    public void timeOut(Subflow subflow, int rtoMs, int consecutive) {
        handler.onSubflowTimeout(new SubflowTimeout(token(), subflow.tuple(), rtoMs, consecutive, false));
    }

    /** Time passes; what was asked for with {@link #after} and {@link #sample} is called when it is due. */
    public void pass(Duration time) {
        super.time.pass(time);
    }

    /** Returns the commands that were given since the last call, in words. */
    public List<String> commands() {
        List<String> words = given.stream().map(Command::toString).toList();
        given.clear();
        return words;
    }

    /** Returns the reason that was given with each command so far. */
    public List<String> reasons() {
        return List.copyOf(reasons);
    }

    private static TransportAddress at(String text) {
        int colon = text.lastIndexOf(':');
        String address = text.substring(0, colon).replaceAll("[\\[\\]]", "");
        return new TransportAddress(IpAddress.parse(address), Integer.parseInt(text.substring(colon + 1)));
    }

    private static LocalAddress localAddress(String local, String interfaceName) {
        return new LocalAddress(
                IpAddress.parse(local), 24, 1 + Math.abs(interfaceName.hashCode() % 100), interfaceName);
    }
}
