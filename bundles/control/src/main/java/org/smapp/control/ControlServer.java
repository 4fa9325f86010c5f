package org.smapp.control;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.osgi.service.event.EventHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves all clients of the control socket on one thread. It waits for no client, and no client can take what others need:
 * connections, long answers and time are bounded, and some are kept for clients that may command. When the socket's file is
 * removed it is made anew. {@link #close} and {@link #warnings} may be called by any thread.
 */
final class ControlServer implements Runnable, Executor, Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(ControlServer.class);
    private static final int CLOSE_MS = 2000;
    private static final int LOOK_MS = 1000;

    private final EventStream events;
    private final LongSupplier nanoClock;
    private final Selector selector;
    private final ListeningSocket socket;
    private final Thread thread;
    // Holds at most one task for each client: none has two commands under way.
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final Clients clients = new Clients();
    private final Answering answering;
    private boolean moreToAnswer;
    private long lookedAt;
    private volatile long sentAway;
    private volatile boolean closing;

    private ControlServer(SocketFile socket, Operations operations, EventStream events, LongSupplier nanoClock)
            throws IOException {
        this.events = events;
        this.nanoClock = nanoClock;
        selector = Selector.open();
        this.socket = new ListeningSocket(socket, selector);
        answering = new Answering(operations, events, clients, this, selector::wakeup);
        thread = new Thread(this, "smapp-control-server");
        thread.setDaemon(true);
    }

    /**
     * Starts to serve.
     *
     * @param socket is closed with the server
     * @param listen registers an event handler, and returns how to undo it
     */
    static ControlServer start(
            SocketFile socket, Operations operations, Function<EventHandler, Runnable> listen, LongSupplier nanoClock)
            throws IOException {
        try {
            ControlServer server = new ControlServer(socket, operations, new EventStream(listen), nanoClock);
            server.thread.start();
            return server;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Returns what an operator has to know. */
    List<String> warnings() {
        List<String> warnings = new ArrayList<>(socket.warnings());
        if (sentAway > 0) {
            warnings.add(
                    sentAway + " clients of the control socket were sent away because they did not read their answers");
        }
        return warnings;
    }

    /** Runs {@code task} on the server's thread. */
    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        selector.wakeup();
    }

    @Override
    public void run() {
        try {
            while (!closing) {
                if (moreToAnswer) {
                    selector.selectNow(this::serve);
                } else {
                    selector.select(this::serve, LOOK_MS);
                }
                moreToAnswer = false;
                for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                    task.run();
                }
                clients.all().forEach(client -> advance(client, false));
                lookNowAndThen();
            }
        } catch (IOException | RuntimeException e) {
            LOG.error("The control socket is out of service until the next start: {}", e.getMessage(), e);
        } finally {
            release();
        }
    }

    private void lookNowAndThen() {
        long now = System.nanoTime();
        if (now - lookedAt < TimeUnit.MILLISECONDS.toNanos(LOOK_MS)) {
            return;
        }
        lookedAt = now;
        socket.look();
        for (Client client : clients.all()) {
            String overstay = client.overstay();
            if (!overstay.isEmpty()) {
                sendAway(client, overstay);
            }
        }
    }

    private void sendAway(Client client, String why) {
        if (!client.isIdle()) {
            sentAway = sentAway + 1; // this thread alone writes it
            LOG.warn(
                    "A client of the control socket, user {}, is sent away: it {}",
                    client.peer().name(),
                    why);
        }
        drop(client);
    }

    private void serve(SelectionKey key) {
        if (socket.isAccepting(key)) {
            accept();
        } else {
            advance((Client) key.attachment(), key.isReadable());
        }
    }

    private void accept() {
        SocketChannel channel;
        try {
            channel = socket.accept();
        } catch (IOException e) {
            LOG.warn("The control socket accepts nobody for {} ms: {}", LOOK_MS, e.getMessage());
            socket.pause();
            return;
        }
        if (channel != null) {
            welcome(channel);
        }
    }

    private void welcome(SocketChannel channel) {
        try {
            channel.configureBlocking(false);
            Peer peer = Peer.of(channel, socket.owner());
            if (clients.isFull(peer)) {
                Client idlest = clients.idlest(peer);
                if (idlest == null) {
                    channel.write(ByteBuffer.wrap(Answer.error(Clients.FULL)));
                    channel.close();
                    return;
                }
                drop(idlest);
            }
            SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
            Client client = new Client(channel, key, peer, nanoClock);
            key.attach(client);
            clients.add(client);
        } catch (IOException e) {
            LOG.debug("A client went before it was served.", e);
            close(channel);
        }
    }

    private void advance(Client client, boolean readable) {
        try {
            if (readable) {
                client.read();
            }
            client.write();
            if (answering.next(client)) {
                client.write();
                moreToAnswer |= client.isIdle(); // the others first
            }
            if (client.isFinished()) {
                drop(client);
            } else {
                client.await();
            }
        } catch (IOException e) {
            LOG.debug("A client is gone.", e);
            drop(client);
        } catch (RuntimeException e) {
            LOG.error("A client of the control socket is dropped: {}", e.getMessage(), e);
            drop(client);
        }
    }

    private void drop(Client client) {
        clients.remove(client);
        if (client.events() != null) {
            events.remove(client.events());
        }
        close(client);
    }

    private static void close(Closeable closeable) {
        try {
            closeable.close();
        } catch (IOException e) {
            LOG.debug("Closing failed.", e);
        }
    }

    private void release() {
        clients.all().forEach(this::drop);
        close(socket);
        close(selector);
    }

    /** Stops serving, drops all clients and removes the socket's file. */
    @Override
    public void close() {
        closing = true;
        selector.wakeup();
        try {
            thread.join(CLOSE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            LOG.warn("The control socket did not close within {} ms.", CLOSE_MS);
        }
    }
}
