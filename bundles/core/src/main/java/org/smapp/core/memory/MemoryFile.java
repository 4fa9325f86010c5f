package org.smapp.core.memory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smapp.api.FourTuple;
import org.smapp.api.IpAddress;
import org.smapp.api.RemoteAddress;
import org.smapp.api.Side;
import org.smapp.api.Token;
import org.smapp.api.TransportAddress;
import org.smapp.files.WholeFile;

/**
 * A file of lines, each one connection: the latest line of a token counts, and a line with the token alone means that it is
 * gone. Lines are appended; when most are outdated, the file is written anew beside the old one and takes its name, so that
 * a kill at any moment leaves a file that can be read. A line that was cut is passed over.
 *
 * <p>Payload of a line, separated by blanks: token, local address and port, remote address and port, side, {@code deny} or
 * {@code allow} (of joins to the first address), then {@code id,address,port} for each announced address.
 *
 * <p>For one thread. If the disk takes nothing, that is logged once, and only what should outlive a restart is lost.
 */
public final class MemoryFile {

    private static final Logger LOG = LoggerFactory.getLogger(MemoryFile.class);
    private static final int OUTDATED_LINES_AT_MOST = 2_000;
    private static final int FIELDS = 7;

    private final Path path;
    private final StringBuilder pending = new StringBuilder();
    private int lines;
    private boolean failed;

    /** @param path of the file, or null to keep nothing over a restart */
    public MemoryFile(Path path) {
        this.path = path;
    }

    Map<Token, Remembered> read() {
        Map<Token, Remembered> all = new LinkedHashMap<>();
        if (path == null || !Files.exists(path)) {
            return all;
        }
        try {
            for (String line : Files.readAllLines(path, StandardCharsets.US_ASCII)) {
                lines++;
                parse(line.split(" "), all);
            }
        } catch (IOException e) {
            LOG.warn("Can't read {}: addresses that peers announced before the restart are not known", path, e);
        }
        lines = Integer.MAX_VALUE / 2; // written anew at the first chance, without a torn end
        return all;
    }

    private static void parse(String[] fields, Map<Token, Remembered> into) {
        try {
            Token token = new Token((int) Long.parseLong(fields[0], 16));
            into.remove(token);
            if (fields.length < FIELDS) {
                return;
            }
            List<RemoteAddress> announced = new ArrayList<>();
            for (int i = FIELDS; i < fields.length; i++) {
                String[] parts = fields[i].split(",");
                announced.add(new RemoteAddress(Integer.parseInt(parts[0]), at(parts[1], parts[2])));
            }
            TransportAddress local = at(fields[1], fields[2]);
            TransportAddress remote = at(fields[3], fields[4]);
            into.put(
                    token,
                    new Remembered(
                            new FourTuple(local.address(), local.port(), remote.address(), remote.port()),
                            Side.valueOf(fields[5]),
                            fields[6].equals("deny"),
                            List.copyOf(announced)));
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            LOG.debug("Passed over a line that was cut", e);
        }
    }

    private static TransportAddress at(String address, String port) {
        return new TransportAddress(IpAddress.parse(address), Integer.parseInt(port));
    }

    void put(Token token, Remembered next) {
        line(pending, token, next);
        lines++;
    }

    private static void line(StringBuilder into, Token token, Remembered next) {
        FourTuple tuple = next.tuple();
        into.append(Long.toHexString(token.unsigned())).append(' ');
        into.append(tuple.localAddress()).append(' ').append(tuple.localPort()).append(' ');
        into.append(tuple.remoteAddress())
                .append(' ')
                .append(tuple.remotePort())
                .append(' ');
        into.append(next.side()).append(' ').append(next.denyJoinId0() ? "deny" : "allow");
        for (RemoteAddress each : next.announced()) {
            into.append(' ').append(each.id()).append(',').append(each.at().address());
            into.append(',').append(each.at().port());
        }
        into.append('\n');
    }

    void remove(Token token) {
        pending.append(Long.toHexString(token.unsigned())).append('\n');
        lines++;
    }

    void flush(Map<Token, Remembered> all) {
        if (path == null || failed || pending.isEmpty()) {
            pending.setLength(0);
            return;
        }
        try {
            if (lines > 2 * all.size() + OUTDATED_LINES_AT_MOST) {
                rewrite(all);
            } else {
                Files.writeString(
                        path, pending, StandardCharsets.US_ASCII, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            }
        } catch (IOException e) {
            failed = true;
            LOG.warn("Can't write {}: addresses that peers announce will not be known after a restart", path, e);
        }
        pending.setLength(0);
    }

    private void rewrite(Map<Token, Remembered> all) throws IOException {
        StringBuilder text = new StringBuilder();
        all.forEach((token, each) -> line(text, token, each));
        WholeFile.write(path, text.toString().getBytes(StandardCharsets.US_ASCII));
        lines = all.size();
    }
}
