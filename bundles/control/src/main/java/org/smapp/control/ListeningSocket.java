package org.smapp.control;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.attribute.UserPrincipal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The socket that clients come in by, made anew when somebody removes its file: those who are connected stay. For the server's
 * thread only, but for {@link #warnings}.
 */
final class ListeningSocket implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(ListeningSocket.class);

    private final Selector selector;
    private SocketFile file;
    private SelectionKey key;
    private volatile String trouble = "";

    ListeningSocket(SocketFile file, Selector selector) throws IOException {
        this.selector = selector;
        listenAt(file);
    }

    private void listenAt(SocketFile next) throws IOException {
        key = next.channel().configureBlocking(false).register(selector, SelectionKey.OP_ACCEPT);
        file = next;
    }

    boolean isAccepting(SelectionKey selected) {
        return selected == key;
    }

    SocketChannel accept() throws IOException {
        return file.channel().accept();
    }

    UserPrincipal owner() {
        return file.owner();
    }

    /** Accepts nobody until {@link #look}. */
    void pause() {
        key.interestOps(0);
    }

    /** Looks whether the file is in its place, and mends that; called now and then. */
    void look() {
        key.interestOps(SelectionKey.OP_ACCEPT);
        if (file.isInPlace()) {
            return;
        }
        try {
            SocketFile anew = SocketFile.open(file.path());
            key.cancel();
            file.close();
            listenAt(anew);
            tell("The control socket's file " + file.path() + " was removed, and was made anew at "
                    + Instant.now().truncatedTo(ChronoUnit.SECONDS) + "; keep cleaners away from it");
        } catch (IOException e) {
            tell("The control socket's file was removed or replaced, and can't be made anew (tried every second): "
                    + e.getMessage());
        }
    }

    private void tell(String sentence) {
        if (!sentence.equals(trouble)) {
            LOG.warn("{}", sentence);
        }
        trouble = sentence;
    }

    List<String> warnings() {
        return trouble.isEmpty() ? List.of() : List.of(trouble);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
