package org.smapp.launcher;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.zip.CRC32;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.wiring.BundleRevision;
import org.smapp.files.WholeFile;

/**
 * Makes the framework's bundle cache agree with the composition: installs what is missing, updates what has other content, and
 * uninstalls what neither a feature file nor the deploy folder holds. Bundles that stay keep their data. Used by one thread,
 * before the framework starts.
 */
final class Provisioner {

    /** In the cache's own folder, so that it goes when the cache goes. */
    private static final String CHECKSUMS_FILE = "smapp-checksums.properties";

    private static final String DEPLOYED = "deploy:";

    private final Settings settings;
    private final BundleContext context;
    private final Path checksumsFile;
    private final Properties checksums = new Properties();

    Provisioner(Settings settings, BundleContext context) {
        this.settings = settings;
        this.context = context;
        this.checksumsFile = settings.bundleCache().resolve(CHECKSUMS_FILE);
    }

    void provision(Composition composition) throws StartException {
        readChecksums();
        Map<String, Feature.Entry> wanted = new HashMap<>();
        for (Feature.Entry entry : composition.bundles()) {
            wanted.put(BundleId.parse(entry.id()).location(), entry);
        }
        try {
            for (Bundle bundle : context.getBundles()) {
                if (bundle.getBundleId() != 0 && !wanted.containsKey(bundle.getLocation()) && !isDeployed(bundle)) {
                    bundle.uninstall();
                    checksums.remove(bundle.getLocation());
                }
            }
            for (Feature.Entry entry : composition.bundles()) {
                provision(entry);
            }
            writeChecksums();
        } catch (BundleException | IOException e) {
            throw new StartException("The bundles can't be installed: " + e.getMessage() + "; install SMAPP again.", e);
        }
    }

    private void provision(Feature.Entry entry) throws BundleException, IOException {
        BundleId id = BundleId.parse(entry.id());
        Path file = id.file(settings.bundles());
        String checksum = checksum(file);
        Bundle bundle = context.getBundle(id.location());
        if (bundle == null) {
            try (InputStream content = Files.newInputStream(file)) {
                bundle = context.installBundle(id.location(), content);
            }
        } else if (!checksum.equals(checksums.getProperty(id.location()))) {
            try (InputStream content = Files.newInputStream(file)) {
                bundle.update(content);
            }
        }
        checksums.setProperty(id.location(), checksum);
        bundle.adapt(BundleStartLevel.class).setStartLevel(entry.startLevel());
        if (!isFragment(bundle)) {
            bundle.start(Bundle.START_ACTIVATION_POLICY);
        }
    }

    /** The deploy folder is another's business. */
    static boolean isDeployed(Bundle bundle) {
        return bundle.getLocation().startsWith(DEPLOYED);
    }

    static boolean isFragment(Bundle bundle) {
        return (bundle.adapt(BundleRevision.class).getTypes() & BundleRevision.TYPE_FRAGMENT) != 0;
    }

    /** Content, not time: files out of an archive all carry the same one. */
    private static String checksum(Path file) throws IOException {
        byte[] content = Files.readAllBytes(file);
        CRC32 crc = new CRC32();
        crc.update(content);
        return content.length + "-" + Long.toHexString(crc.getValue());
    }

    private void readChecksums() throws StartException {
        if (!Files.exists(checksumsFile)) {
            return;
        }
        try (InputStream in = Files.newInputStream(checksumsFile)) {
            checksums.load(in);
        } catch (IllegalArgumentException e) {
            checksums.clear(); // half a file of an earlier version: all bundles are taken anew
        } catch (IOException e) {
            throw new StartException("The bundle cache " + settings.bundleCache() + " can't be read; remove it.", e);
        }
    }

    private void writeChecksums() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        checksums.store(out, null);
        WholeFile.write(checksumsFile, out.toByteArray());
    }
}
