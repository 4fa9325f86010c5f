package org.smapp.testkit.lab;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SplittableRandom;

/**
 * A file of random bytes that is the same for the same size and seed.
 *
 * @param file where it is
 * @param bytes its size
 * @param sha256 its checksum, 64 lower-case hexadecimal digits
 */
public record Payload(Path file, long bytes, String sha256) {

    private static final int BLOCK_BYTES = 1 << 16;

    /** Writes a payload. */
    public static Payload write(Path file, long bytes, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] block = new byte[BLOCK_BYTES];
        MessageDigest digest = newDigest();
        try (OutputStream out = Files.newOutputStream(file)) {
            for (long left = bytes; left > 0; left -= BLOCK_BYTES) {
                int length = (int) Math.min(left, BLOCK_BYTES);
                random.nextBytes(block);
                digest.update(block, 0, length);
                out.write(block, 0, length);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Payload(file, bytes, hex(digest));
    }

    /** Returns the checksum of a file. */
    public static String sha256(Path file) {
        MessageDigest digest = newDigest();
        byte[] block = new byte[BLOCK_BYTES];
        try (InputStream in = Files.newInputStream(file)) {
            for (int length = in.read(block); length >= 0; length = in.read(block)) {
                digest.update(block, 0, length);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return hex(digest);
    }

    private static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }
}
