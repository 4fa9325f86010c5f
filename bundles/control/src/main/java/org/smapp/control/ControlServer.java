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
import java.util.function.Function;
import org.osgi.service.event.EventHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves all clients of the control socket on one thread. Nobody is waited for: a client that does not read its answer keeps
 * only its own place. {@link #close} may be called by any thread.
 */
final class ControlServer implements Runnable, Executor, Closeable {

    static final int MAX_CLIENTS = 16;
    static final int MAX_QUEUED_EVENTS = 1024;

    private static final Logger LOG = LoggerFactory.getLogger(ControlServer.class);
    private static final int CLOSE_MS = 2000;
    private static final int ACCEPT_AGAIN_MS = 1000;

    private final SocketFile socket;
    private final Operations operations;
    private final EventStream events;
    private final Selector selector;
    private final SelectionKey acceptKey;
    private final Thread thread;
    // Holds at most one task for each client: none has two commands under way.
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final List<Client> clients = new ArrayList<>();
    private volatile boolean closing;

    private ControlServer(SocketFile socket, Operations operations, EventStream events) throws IOException {
        this.socket = socket;
        this.operations = operations;
        this.events = events;
        selector = Selector.open();
        acceptKey = socket.channel().configureBlocking(false).register(selector, SelectionKey.OP_ACCEPT);
        thread = new Thread(this, "smapp-control-server");
        thread.setDaemon(true);
    }

    /**
     * Starts to serve.
     *
     * @param socket is closed with the server
     * @param listen registers an event handler, and returns how to undo it
     */
    static ControlServer start(SocketFile socket, Operations operations, Function<EventHandler, Runnable> listen)
            throws IOException {
        try {
            ControlServer server = new ControlServer(socket, operations, new EventStream(listen));
            server.thread.start();
            return server;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
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
                selector.select(this::serve, acceptKey.interestOps() == 0 ? ACCEPT_AGAIN_MS : 0);
                acceptKey.interestOps(SelectionKey.OP_ACCEPT);
                for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                    task.run();
                }
                List.copyOf(clients).forEach(client -> advance(client, false));
            }
        } catch (IOException | RuntimeException e) {
            LOG.error("The control socket is out of service until the next start: {}", e.getMessage(), e);
        } finally {
            release();
        }
    }

    private void serve(SelectionKey key) {
        if (key == acceptKey) {
            accept();
        } else {
            advance((Client) key.attachment(), key.isReadable());
        }
    }

    private void accept() {
        SocketChannel channel;
        try {
            channel = socket.channel().accept();
        } catch (IOException e) {
            LOG.warn("The control socket takes nobody in for {} ms: {}", ACCEPT_AGAIN_MS, e.getMessage());
            acceptKey.interestOps(0);
            return;
        }
        if (channel != null) {
            welcome(channel);
        }
    }

    private void welcome(SocketChannel channel) {
        try {
            channel.configureBlocking(false);
            if (clients.size() >= MAX_CLIENTS) {
                channel.write(ByteBuffer.wrap(Answer.error("The daemon serves " + MAX_CLIENTS
                        + " clients at a time, and they are all there. Close one, then try again.")));
                channel.close();
                return;
            }
            SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
            Client client = new Client(channel, key, Peer.of(channel, socket.owner()));
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
            while (answerNext(client)) {
                client.write();
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

    private boolean answerNext(Client client) {
        try {
            String line = client.nextRequest();
            if (line == null) {
                return false;
            }
            answer(client, line);
        } catch (BadRequest e) {
            client.sendLast(Answer.error(e.getMessage()));
        }
        return true;
    }

    private void answer(Client client, String line) {
        try {
            Request request = Request.parse(line);
            if (request.operation().equals("events")) {
                client.follow(new EventQueue(MAX_QUEUED_EVENTS, selector::wakeup));
                events.add(client.events());
                return;
            }
            client.expectAnswer();
            operations.answer(request, client.peer(), this).whenComplete((answer, failure) -> {
                client.send(failure == null ? answer : unexpected(failure));
            });
        } catch (BadRequest e) {
            client.send(Answer.error(e.getMessage()));
        } catch (RuntimeException e) {
            client.send(unexpected(e));
        }
    }

    private static byte[] unexpected(Throwable failure) {
        LOG.error("A request over the control socket failed: {}", failure.getMessage(), failure);
        return Answer.error("The daemon could not answer; its log says why (" + failure.getMessage() + ").");
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
        List.copyOf(clients).forEach(this::drop);
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
