package org.smapp.testkit.kernel;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.smapp.api.FourTuple;
import org.smapp.api.IpAddress;
import org.smapp.api.Side;
import org.smapp.api.Token;
import org.smapp.api.TransportAddress;
import org.smapp.linux.Errno;
import org.smapp.linux.Linux;
import org.smapp.linux.LinuxException;
import org.smapp.linux.MptcpListener;
import org.smapp.linux.NetlinkSocket;
import org.smapp.linux.NetworkNamespace;
import org.smapp.linux.Poller;
import org.smapp.linux.TapDevice;
import org.smapp.netlink.MessageWriter;

/**
 * A kernel in memory, with one network namespace, that speaks netlink as Linux 6.18 does: the path manager's commands and
 * events, interfaces and default routes, the sockets of Multipath TCP. It refuses what the real one refuses, with the same
 * errors; its receive buffers overrun. It carries no data: what network, peer and applications do, the test says.
 *
 * <pre>
 * FakeKernel kernel = new FakeKernel();
 * kernel.link("wan1").add(IpAddress.parse("192.0.2.1"), 24).defaultRoute(true);
 * ... start what is tested on it: it is a {@link Linux} ...
 * KernelConnection connection = kernel.connect(Side.CLIENT, ends);   // CREATED
 * connection.establish();                                            // ESTABLISHED
 * </pre>
 *
 * <p>Thread-safe. An event is in the sockets when the method that causes it returns.
 */
public final class FakeKernel implements Linux {

    private static final int FIRST_TOKEN = 0x5a000001;

    /** Guards everything in here; notified when a socket becomes readable. */
    final Object lock = new Object();

    private final FakeNetwork network = new FakeNetwork();
    private final Map<Integer, Protocol> protocols = Map.of(
            NetlinkSocket.GENERIC, new GenericProtocol(this),
            NetlinkSocket.ROUTE, new RouteProtocol(network),
            NetlinkSocket.SOCK_DIAG, new DiagProtocol(this));
    private final Map<FakeSocket, Integer> sockets = new LinkedHashMap<>();
    private final Map<Token, KernelConnection> connections = new LinkedHashMap<>();
    private JoinAnswer joinAnswer = JoinAnswer.ACCEPT;
    private boolean userSpace = true;
    private boolean privileged = true;
    private int nextLink = 1;
    private int nextToken = FIRST_TOKEN;
    private int nextSocket = 1;

    /** Makes a kernel whose only interface is {@code lo}. */
    public FakeKernel() {
        link("lo").add(IpAddress.v4(0x7f000001), 8);
    }

    /** Adds an interface that is up and has carrier. */
    public FakeLink link(String name) {
        synchronized (lock) {
            FakeLink link = new FakeLink(this, nextLink++, name);
            network.links().add(link);
            emit(RouteProtocol.link(RouteProtocol.NEW_LINK, link));
            return link;
        }
    }

    /** Lets a connection begin: CREATED. Its path manager is the one that is selected now. */
    public KernelConnection connect(Side side, FourTuple ends) {
        synchronized (lock) {
            KernelConnection connection = new KernelConnection(this, new Token(nextToken++), side, ends, userSpace);
            connections.put(connection.token(), connection);
            emit(EventWriter.connection(EventWriter.CREATED, connection));
            return connection;
        }
    }

    /** Selects the path manager of connections that begin from now on, as net.mptcp.pm_type does; the user-space one at first. */
    public void userSpacePathManager(boolean selected) {
        synchronized (lock) {
            userSpace = selected;
        }
    }

    /** Says what peers do when a subflow is opened towards them from now on; they accept it at first. */
    public void answerJoins(JoinAnswer answer) {
        synchronized (lock) {
            joinAnswer = answer;
        }
    }

    /** Gives or takes CAP_NET_ADMIN; at first it is there. */
    public void privileged(boolean has) {
        synchronized (lock) {
            privileged = has;
        }
    }

    JoinAnswer joinAnswer() {
        return joinAnswer;
    }

    boolean isPrivileged() {
        return privileged;
    }

    FakeNetwork network() {
        return network;
    }

    Collection<KernelConnection> connections() {
        return connections.values();
    }

    Optional<KernelConnection> connection(int token) {
        return Optional.ofNullable(connections.get(new Token(token)));
    }

    void forget(KernelConnection connection) {
        connections.remove(connection.token());
    }

    void forget(FakeSocket socket) {
        sockets.remove(socket);
    }

    /** Sends an event of the path manager to all who listen. */
    void emit(MessageWriter event) {
        emit(NetlinkSocket.GENERIC, Uapi.GROUP_EVENTS, event);
    }

    void emit(RouteProtocol.Notification notification) {
        emit(NetlinkSocket.ROUTE, notification.group(), notification.message());
    }

    private void emit(int protocol, int group, MessageWriter message) {
        ByteBuffer datagram = message.finish();
        byte[] bytes = new byte[datagram.remaining()];
        datagram.get(bytes);
        List<FakeSocket> hearers = new ArrayList<>(sockets.keySet());
        hearers.removeIf(each -> sockets.get(each) != protocol || !each.isIn(group));
        hearers.forEach(each -> each.deliver(bytes));
    }

    @Override
    public NetlinkSocket openNetlink(NetworkNamespace namespace, int protocol) throws LinuxException {
        synchronized (lock) {
            Protocol behaviour = protocols.get(protocol);
            if (behaviour == null) {
                throw unsupported("open a netlink socket of protocol " + protocol);
            }
            FakeSocket socket = new FakeSocket(this, behaviour, nextSocket++);
            sockets.put(socket, protocol);
            return socket;
        }
    }

    @Override
    public Poller openPoller() {
        return new FakePoller(lock);
    }

    @Override
    public MptcpListener openMptcpListener(NetworkNamespace namespace, byte[] address, int port) throws LinuxException {
        ByteBuffer bytes = ByteBuffer.wrap(address);
        IpAddress host =
                address.length == 4 ? IpAddress.v4(bytes.getInt()) : IpAddress.v6(bytes.getLong(), bytes.getLong());
        synchronized (lock) {
            TransportAddress at = new TransportAddress(host, port == 0 ? network.freePort() : port);
            if (network.listeners().contains(at)) {
                throw new LinuxException("listen at " + at, Errno.EADDRINUSE, "another socket uses it");
            }
            network.listeners().add(at);
            emit(EventWriter.listener(EventWriter.LISTENER_CREATED, at));
            return new FakeListener(this, at);
        }
    }

    /** {@inheritDoc} The fake kernel has one namespace, so that any thread is inside. */
    @Override
    public <T> T inside(NetworkNamespace namespace, Callable<T> work) throws Exception {
        return work.call();
    }

    @Override
    public TapDevice openTap(NetworkNamespace namespace, String name) throws LinuxException {
        throw unsupported("create TAP device " + name);
    }

    private static LinuxException unsupported(String operation) {
        return new LinuxException(operation, Errno.EOPNOTSUPP, "the fake kernel carries no packets");
    }

    @Override
    public String describe(int errno) {
        return Errno.name(errno);
    }
}
