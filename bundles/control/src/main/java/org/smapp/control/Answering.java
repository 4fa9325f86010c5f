package org.smapp.control;

import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the requests of clients, one at a time each; a long answer waits until it is the client's turn. For the server's thread
 * only.
 */
final class Answering {

    static final int MAX_QUEUED_EVENTS = 1024;

    private static final Logger LOG = LoggerFactory.getLogger(Answering.class);

    private final Operations operations;
    private final EventStream events;
    private final Clients clients;
    private final Executor server;
    private final Runnable wakeUp;

    /**
     * @param server runs what has to be done on the server's thread
     * @param wakeUp makes the server look for what there is to send
     */
    Answering(Operations operations, EventStream events, Clients clients, Executor server, Runnable wakeUp) {
        this.operations = operations;
        this.events = events;
        this.clients = clients;
        this.server = server;
        this.wakeUp = wakeUp;
    }

    /** Answers the next request of a client. Returns false if there is none, or its turn has not come. */
    boolean next(Client client) {
        try {
            String line = client.nextRequest();
            return line != null && answer(client, line);
        } catch (BadRequest e) {
            client.sendLast(Answer.error(e.getMessage()));
        }
        return true;
    }

    /** Returns whether its turn had come. */
    private boolean answer(Client client, String line) {
        try {
            Request request = Request.parse(line);
            boolean isLong = Operations.isLong(request);
            if (isLong && !clients.mayHaveLongAnswer(client.peer())) {
                client.putBack(line);
                return false;
            }
            if (request.operation().equals("events")) {
                client.follow(new EventQueue(MAX_QUEUED_EVENTS, wakeUp));
                events.add(client.events());
                return true;
            }
            client.expectAnswer();
            operations.answer(request, client.peer(), server).whenComplete((answer, failure) -> {
                if (failure == null) {
                    client.send(answer, isLong);
                } else {
                    client.send(unexpected(failure));
                }
            });
        } catch (BadRequest e) {
            client.send(Answer.error(e.getMessage()));
        } catch (RuntimeException e) {
            client.send(unexpected(e));
        }
        return true;
    }

    private static byte[] unexpected(Throwable failure) {
        LOG.error("A request over the control socket failed: {}", failure.getMessage(), failure);
        return Answer.error("The daemon could not answer; its log says why (" + failure.getMessage() + ").");
    }
}
