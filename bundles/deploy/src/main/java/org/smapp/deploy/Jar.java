package org.smapp.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;

/**
 * A whole jar of the deploy folder.
 *
 * @param path the file
 * @param symbolicName of the bundle
 * @param version of the bundle
 * @param checksum of the whole file
 */
record Jar(Path path, String symbolicName, Version version, String checksum) {

    /** What the locations of bundles from the deploy folder begin with. */
    static final String LOCATION = "deploy:";

    private static final String MARK = "#";

    /** Says why a file is not a bundle; the message goes on after the file's name. */
    static final class UnusableException extends Exception {
        private static final long serialVersionUID = 1L;

        UnusableException(String why) {
            super(why);
        }
    }

    /** Reads all of it, so that nothing is wrong with it any more when it is installed. */
    static Jar read(Path path) throws UnusableException, IOException {
        if (Files.size(path) == 0) {
            throw new UnusableException("is empty: copy it again");
        }
        Attributes main;
        String checksum;
        try (JarFile jar = new JarFile(path.toFile(), false)) {
            checksum = readAll(path);
            Manifest manifest = jar.getManifest();
            main = manifest == null ? new Attributes() : manifest.getMainAttributes();
        } catch (ZipException | IllegalArgumentException e) {
            throw new UnusableException("is no whole jar (" + e.getMessage() + "): copy it again");
        }
        String name = main.getValue(Constants.BUNDLE_SYMBOLICNAME);
        if (name == null || name.isBlank()) {
            throw new UnusableException(
                    "is no OSGi bundle, for its manifest has no Bundle-SymbolicName: build it as a bundle");
        }
        String version = main.getValue(Constants.BUNDLE_VERSION);
        try {
            return new Jar(path, name.split(";")[0].trim(), Version.parseVersion(version), checksum);
        } catch (IllegalArgumentException e) {
            throw new UnusableException("has the Bundle-Version " + version + ", which is none: write it as 1.0.0");
        }
    }

    /** Reads all entries too: that checks each entry's own checksum. */
    private static String readAll(Path path) throws IOException {
        try (ZipInputStream entries = new ZipInputStream(Files.newInputStream(path))) {
            while (entries.getNextEntry() != null) {
                entries.transferTo(OutputStream.nullOutputStream());
            }
        }
        CRC32 crc = new CRC32();
        try (InputStream all = new CheckedInputStream(Files.newInputStream(path), crc)) {
            all.transferTo(OutputStream.nullOutputStream());
        }
        return Long.toHexString(crc.getValue());
    }

    /** Returns the location of its bundle; another content has another one. */
    String location() {
        return LOCATION + file() + MARK + checksum;
    }

    /** Returns the file's name. */
    String file() {
        return path.getFileName().toString();
    }

    /** Returns what a framework has only once. */
    String identity() {
        return symbolicName + " " + version;
    }

    /** Returns the name of the file that the bundle at {@code location} came from. */
    static String file(String location) {
        return location.substring(LOCATION.length(), location.lastIndexOf(MARK));
    }
}
