package org.smapp.pmnlctl;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.CountDownLatch;
import org.smapp.api.IpAddress;
import org.smapp.core.family.upstream.EventLine;
import org.smapp.linux.Linux;
import org.smapp.linux.LinuxException;
import org.smapp.linux.NetlinkSocket;
import org.smapp.linux.NetworkNamespace;
import org.smapp.linux.Poller;
import org.smapp.netlink.MessageReader;
import org.smapp.netlink.MessageType;

/** The commands that run until a signal ends them: {@code events} and {@code listen}. */
final class Watching {

    private static final int DATAGRAM_BYTES = 64 * 1024;
    private static final int RECEIVE_BUFFER_BYTES = 8 * 1024 * 1024;

    private final EventLine line = new EventLine();
    private final MessageReader reader = new MessageReader();
    private final ByteBuffer datagram =
            ByteBuffer.allocateDirect(DATAGRAM_BYTES).order(ByteOrder.nativeOrder());

    /** Prints each event on a line of standard error, at once. */
    void events(Kernel kernel) throws IOException {
        NetlinkSocket socket = kernel.subscribe();
        socket.receiveBuffer(RECEIVE_BUFFER_BYTES);
        Poller poller = kernel.linux().openPoller();
        poller.add(socket);
        while (true) {
            int length = socket.receive(datagram);
            if (length == NetlinkSocket.OVERRUN) {
                throw kernel.overrun();
            }
            if (length == NetlinkSocket.NOTHING) {
                poller.await(-1);
            } else {
                print(datagram);
            }
        }
    }

    private void print(ByteBuffer bytes) {
        reader.wrap(bytes);
        while (reader.next()) {
            if (reader.type() > MessageType.GENERIC_CONTROLLER && reader.genlCommand() > 0) {
                Output.error(line.of(reader) + "\n");
            }
        }
    }

    /** Listens for Multipath TCP; ends at once, and without a word, if the address or port can't be had. */
    void listen(Linux linux, Arguments arguments) throws InterruptedException {
        arguments.atLeast(3);
        IpAddress address = Arguments.address(arguments.next());
        int port = Arguments.port(arguments.next());
        try {
            linux.openMptcpListener(NetworkNamespace.current(), bytes(address), port);
        } catch (LinuxException e) {
            return; // the contract says nothing of it either
        }
        new CountDownLatch(1).await();
    }

    private static byte[] bytes(IpAddress address) {
        ByteBuffer bytes = ByteBuffer.allocate(address.v6() ? 16 : 4);
        if (address.v6()) {
            bytes.putLong(address.high()).putLong(address.low());
        } else {
            bytes.putInt((int) address.low());
        }
        return bytes.array();
    }

    /** Does all that {@link #events} does but wait, so that a class archive holds it. */
    void rehearse(Kernel kernel, byte[] event) throws IOException {
        try (NetlinkSocket socket = kernel.subscribe();
                Poller poller = kernel.linux().openPoller()) {
            socket.receiveBuffer(RECEIVE_BUFFER_BYTES);
            poller.add(socket);
            socket.receive(datagram);
            poller.await(0);
        }
        print(datagram.clear().put(event).flip());
    }
}
