package org.smapp.api;

/**
 * Something the kernel's path manager can be asked to do for one connection. Immutable.
 */
public sealed interface Command {

    /** As an address id: SMAPP chooses the id that belongs to the address. */
    int CHOOSE_ID = -1;

    /** Returns the connection. */
    Token token();

    /** Calls the method of {@code handler} that fits. */
    <R> R accept(Handler<R> handler);

    /** One method for each kind of command. */
    interface Handler<R> {
        R createSubflow(CreateSubflow command);

        R destroySubflow(DestroySubflow command);

        R announce(Announce command);

        R withdraw(Withdraw command);

        R setBackup(SetBackup command);
    }

    /**
     * Opens a subflow.
     *
     * @param local where from; the port is 0 for any
     * @param localId the address id, 0 to 255, or {@link #CHOOSE_ID}
     * @param remote where to
     * @param backup whether the peer should use it only when no other subflow works
     * @param interfaceIndex the interface to bind to, or 0 to let routing decide
     */
    record CreateSubflow(
            Token token,
            TransportAddress local,
            int localId,
            TransportAddress remote,
            boolean backup,
            int interfaceIndex)
            implements Command {
        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.createSubflow(this);
        }

        @Override
        public String toString() {
            String from = local.port() == 0 ? local.address().toString() : local.toString();
            String how =
                    (interfaceIndex == 0 ? "" : " bound to interface " + interfaceIndex) + (backup ? " as backup" : "");
            return "create subflow " + from + " -> " + remote + how;
        }
    }

    /**
     * Closes a subflow.
     *
     * @param tuple its two ends, exactly as the kernel reported them
     */
    record DestroySubflow(Token token, FourTuple tuple) implements Command {
        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.destroySubflow(this);
        }

        @Override
        public String toString() {
            return "destroy subflow " + tuple;
        }
    }

    /**
     * Tells the peer of a local address (ADD_ADDR).
     *
     * @param local the address; the port is 0 for the port of the connection
     * @param localId the address id, 1 to 255, or {@link #CHOOSE_ID}
     */
    record Announce(Token token, TransportAddress local, int localId) implements Command {
        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.announce(this);
        }

        @Override
        public String toString() {
            return "announce " + (local.port() == 0 ? local.address().toString() : local.toString());
        }
    }

    /**
     * Tells the peer that a local address is gone (REMOVE_ADDR); the peer closes the subflows that use it.
     *
     * @param localId the address id, 0 to 255
     */
    record Withdraw(Token token, int localId) implements Command {
        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.withdraw(this);
        }

        @Override
        public String toString() {
            return "withdraw address id " + localId;
        }
    }

    /**
     * Marks a subflow as backup, or no longer (MP_PRIO).
     *
     * @param tuple its two ends, exactly as the kernel reported them
     */
    record SetBackup(Token token, FourTuple tuple, boolean backup) implements Command {
        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.setBackup(this);
        }

        @Override
        public String toString() {
            return (backup ? "set backup on " : "clear backup on ") + tuple;
        }
    }
}
