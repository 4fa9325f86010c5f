package org.smapp.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.smapp.files.WholeFile;

/**
 * The web console's password. It is made at the first start and kept only as a hash, in a file that its owner alone can read.
 * A plain SHA-256 is enough for it because it is random: 100 bits can't be guessed, with or without the hash.
 *
 * @param hash as the web console takes it, {@code {sha-256}} and base 64
 * @param fresh the password itself if it was made just now
 */
record ConsolePassword(String hash, Optional<String> fresh) {

    static final String USER = "admin";

    /** Without those that people mix up; 32 of them, 5 bits each. */
    private static final String LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";

    private static final int GROUPS = 4;
    private static final int LETTERS_PER_GROUP = 5;

    /** What {@link #hash} returns: the web console would take anything else for its own default, which everybody knows. */
    private static final Pattern HASH = Pattern.compile("\\{sha-256}[A-Za-z0-9+/]{43}=");

    /** Returns the password that was made earlier, or makes one. Delete the file for a new one. */
    static ConsolePassword keptIn(Path file) throws StartException {
        try {
            // An empty file is left by a disk that was full.
            if (Files.exists(file) && Files.size(file) > 0) {
                return new ConsolePassword(checked(Files.readString(file).strip(), file), Optional.empty());
            }
            String password = random(new SecureRandom());
            String hash = hash(password);
            WholeFile.write(file, (hash + "\n").getBytes(StandardCharsets.US_ASCII));
            return new ConsolePassword(hash, Optional.of(password));
        } catch (IOException e) {
            throw new StartException(
                    "The web console's password can't be kept in " + file + " (" + e.getMessage()
                            + "); make room and let smapp read and write it, or run without the web console with"
                            + " --http off.",
                    e);
        }
    }

    private static String checked(String hash, Path file) throws StartException {
        if (!HASH.matcher(hash).matches()) {
            throw new StartException(
                    "The file " + file + " does not hold the hash of the web console's password that smapp"
                            + " wrote; remove it for a new password, which the next start shows once.");
        }
        return hash;
    }

    /** Returns the properties that tell the web console its user and password. */
    Map<String, String> frameworkProperties() {
        return Map.of("felix.webconsole.username", USER, "felix.webconsole.password", hash);
    }

    static String hash(String password) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(password.getBytes(StandardCharsets.UTF_8));
            return "{sha-256}" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private static String random(SecureRandom random) {
        StringBuilder password = new StringBuilder();
        for (int i = 0; i < GROUPS * LETTERS_PER_GROUP; i++) {
            if (i > 0 && i % LETTERS_PER_GROUP == 0) {
                password.append('-');
            }
            password.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return password.toString();
    }
}
