package org.smapp.testkit.kernel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.smapp.api.FourTuple;
import org.smapp.api.Side;
import org.smapp.api.Token;
import org.smapp.api.TransportAddress;
import org.smapp.linux.Errno;

/**
 * A connection that the fake kernel holds. Its methods are what the network and the peer do; each emits the event that the
 * kernel would.
 *
 * <p>Thread-safe.
 */
public final class KernelConnection {

    private final FakeKernel kernel;
    private final Token token;
    private final Side side;
    private final FourTuple tuple;
    private final boolean userSpace;
    private final List<AddressAttribute> addresses = new ArrayList<>();
    private final Map<FourTuple, KernelSubflow> subflows = new LinkedHashMap<>();
    private final Map<Integer, TransportAddress> announced = new LinkedHashMap<>();
    private boolean established;

    KernelConnection(FakeKernel kernel, Token token, Side side, FourTuple tuple, boolean userSpace) {
        this.kernel = kernel;
        this.token = token;
        this.side = side;
        this.tuple = tuple;
        this.userSpace = userSpace;
        boolean client = side == Side.CLIENT;
        subflows.put(tuple, new KernelSubflow(tuple, 0, 0, true, client, false, false, false, 0));
    }

    public Token token() {
        return token;
    }

    public Side side() {
        return side;
    }

    /** Returns the ends of the initial subflow. */
    public FourTuple tuple() {
        return tuple;
    }

    /** Returns the ends of all subflows, those too that wait for the peer's answer. */
    public List<FourTuple> subflows() {
        synchronized (kernel.lock) {
            return List.copyOf(subflows.keySet());
        }
    }

    /** Lets the first data come: ESTABLISHED. */
    public void establish() {
        synchronized (kernel.lock) {
            established = true;
            kernel.emit(EventWriter.connection(EventWriter.ESTABLISHED, this));
        }
    }

    /** Lets the peer announce an address: ANNOUNCED. */
    public void announce(int id, TransportAddress at) {
        synchronized (kernel.lock) {
            announced.put(id, at);
            kernel.emit(EventWriter.announced(this, id, at));
        }
    }

    /** Lets the peer withdraw an address: REMOVED. */
    public void withdraw(int id) {
        synchronized (kernel.lock) {
            announced.remove(id);
            kernel.emit(EventWriter.removed(this, id));
        }
    }

    /** Lets the peer open a subflow: SUB_ESTABLISHED. */
    public void join(FourTuple ends, int localId, int remoteId, boolean backup) {
        synchronized (kernel.lock) {
            add(new KernelSubflow(ends, localId, remoteId, false, false, false, false, backup, 0));
        }
    }

    /** Lets the peer accept a subflow that it was silent about: SUB_ESTABLISHED. */
    public void accept(FourTuple ends) {
        synchronized (kernel.lock) {
            add(subflow(ends).established());
        }
    }

    private void add(KernelSubflow subflow) {
        subflows.put(subflow.tuple(), subflow);
        kernel.emit(EventWriter.subflow(EventWriter.SUB_ESTABLISHED, this, subflow, 0));
    }

    /** Lets the peer ask for a subflow to be used last, or again like others: SUB_PRIORITY. */
    public void priority(FourTuple ends, boolean backup) {
        synchronized (kernel.lock) {
            KernelSubflow changed = subflow(ends).withBackupByPeer(backup);
            subflows.put(ends, changed);
            kernel.emit(EventWriter.subflow(EventWriter.SUB_PRIORITY, this, changed, 0));
        }
    }

    /**
     * Ends a subflow: SUB_CLOSED.
     *
     * @param errno why, such as {@link Errno#ECONNRESET}; 0 when the peer closed it in order
     */
    public void closeSubflow(FourTuple ends, int errno) {
        synchronized (kernel.lock) {
            KernelSubflow gone = subflow(ends);
            subflows.remove(ends);
            kernel.emit(EventWriter.subflow(EventWriter.SUB_CLOSED, this, gone, errno));
        }
    }

    /** Lets the application close: CLOSED, and none for the subflows. */
    public void close() {
        synchronized (kernel.lock) {
            kernel.forget(this);
            kernel.emit(EventWriter.closed(this));
        }
    }

    /** Lets the peer abort (MP_FASTCLOSE): the connection is gone, and the kernel tells nobody. */
    public void abort() {
        synchronized (kernel.lock) {
            kernel.forget(this);
        }
    }

    private KernelSubflow subflow(FourTuple ends) {
        KernelSubflow found = subflows.get(ends);
        if (found == null) {
            throw new IllegalArgumentException("connection " + token + " has no subflow " + ends);
        }
        return found;
    }

    boolean isUserSpace() {
        return userSpace;
    }

    boolean isEstablished() {
        return established;
    }

    List<AddressAttribute> addresses() {
        return addresses;
    }

    Map<FourTuple, KernelSubflow> subflowTable() {
        return subflows;
    }

    /** Opens a subflow from here; the peer answers as the kernel was told. */
    void open(FourTuple ends, int localId, boolean backup, int device) {
        int remoteId = announced.entrySet().stream()
                .filter(each -> each.getValue().address().equals(ends.remoteAddress()))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(0);
        KernelSubflow opened = new KernelSubflow(ends, localId, remoteId, false, true, true, backup, false, device);
        subflows.put(ends, opened);
        if (kernel.network().refuses(ends.remote())) {
            closeSubflow(ends, Errno.ECONNREFUSED);
        } else if (kernel.joinAnswer() != JoinAnswer.SILENCE) {
            add(opened.established());
            if (kernel.joinAnswer() == JoinAnswer.RESET) {
                closeSubflow(ends, 0);
            }
        }
    }
}
