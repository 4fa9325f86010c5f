package org.smapp.launcher;

import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.cleanCaches;
import static org.ops4j.pax.exam.CoreOptions.composite;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;
import static org.ops4j.pax.exam.CoreOptions.frameworkStartLevel;
import static org.ops4j.pax.exam.CoreOptions.junitBundles;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;
import static org.ops4j.pax.exam.CoreOptions.systemTimeout;
import static org.ops4j.pax.exam.CoreOptions.vmOptions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.ops4j.pax.exam.CoreOptions;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.Constants;
import org.smapp.itests.LabOptions;

/**
 * The assembled distribution as Pax Exam wants to have it: bundles, start levels and framework properties come from the
 * feature files, read by the launcher itself. Each test has folders of its own below {@code target/platform}.
 */
public final class AssembledPlatform {

    /** System property of the platform under test: its log. */
    public static final String LOG = "smapp.itests.log";

    /** How long connections wait for a controller that went: shorter than by default. */
    public static final long GRACE_MS = 1_000;

    /** The distribution that was just built. */
    public static final Path HOME =
            Path.of("../runtime/target/smapp").toAbsolutePath().normalize();

    /** One unresolved bundle would otherwise mean ten minutes of waiting. */
    private static final long TIMEOUT_MS = 60_000;

    private final Path folder;
    private final String lab;
    private OptionalInt httpPort = OptionalInt.empty();

    private AssembledPlatform(String name) {
        this.folder = Path.of("target/platform", name).toAbsolutePath();
        // Several builds may run on one machine.
        this.lab = name + "-" + ProcessHandle.current().pid();
    }

    /** Begins with a platform without web console, beside a lab. */
    public static AssembledPlatform named(String name) {
        return new AssembledPlatform(name);
    }

    /** Adds the web console. */
    public AssembledPlatform console(int port) {
        httpPort = OptionalInt.of(port);
        return this;
    }

    /** Makes the folders and returns what Pax Exam needs to know. */
    public Option[] inPaxExam() {
        try {
            Settings settings = settings();
            makeFolders(settings);
            Composition composition = Composition.read(
                    settings.features(), feature -> httpPort.isPresent() || !feature.equals("console"));
            return CoreOptions.options(
                    cleanCaches(),
                    junitBundles(),
                    systemTimeout(TIMEOUT_MS),
                    frameworkStartLevel(composition.highestStartLevel()),
                    systemProperty("logback.configurationFile")
                            .value(settings.config().resolve("logback.xml").toString()),
                    systemProperty(LOG).value(folder.resolve("smapp.log").toString()),
                    // As in lib/java.options.
                    vmOptions(
                            "-XX:+UseSerialGC",
                            "-Xmx128m",
                            "-XX:+IgnoreUnrecognizedVMOptions",
                            "--sun-misc-unsafe-memory-access=allow",
                            "--enable-native-access=ALL-UNNAMED"),
                    composite(properties(settings, composition)),
                    composite(bundles(settings, composition)),
                    LabOptions.lab(lab));
        } catch (StartException | IOException e) {
            throw new IllegalStateException("The distribution in " + HOME + " is of no use: " + e.getMessage(), e);
        }
    }

    private Settings settings() throws IOException {
        // Short, whatever the name of the folder is: a socket's name has 107 bytes at most.
        Path control = Files.createTempDirectory("smapp-itests").resolve("control.sock");
        control.getParent().toFile().deleteOnExit();
        return new Settings(
                HOME,
                folder.resolve("etc"),
                folder.resolve("deploy"),
                folder.resolve("data"),
                control,
                Optional.of(Path.of("/run/netns", lab + "-gateway")),
                httpPort);
    }

    private void makeFolders(Settings settings) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> old = Files.walk(folder)) {
                for (Path each : old.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
        Files.createDirectories(settings.data());
        copy(HOME.resolve("etc"), settings.config());
        copy(HOME.resolve("deploy"), settings.deploy());
        Files.copy(
                Path.of("src/test/resources/platform-logback.xml"),
                settings.config().resolve("logback.xml"),
                StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(
                settings.config().resolve("org.smapp.core.cfg"), "controllerGraceMs = \"" + GRACE_MS + "\"\n");
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path each : files.toList()) {
                Files.copy(each, to.resolve(each.getFileName()));
            }
        }
    }

    private static Option[] properties(Settings settings, Composition composition) {
        Map<String, String> properties = new HashMap<>(FrameworkProperties.of(settings, composition));
        // Pax Exam's business.
        properties.remove(Constants.FRAMEWORK_STORAGE);
        properties.remove(Constants.FRAMEWORK_BEGINNING_STARTLEVEL);
        return properties.entrySet().stream()
                .map(each -> frameworkProperty(each.getKey()).value(each.getValue()))
                .toArray(Option[]::new);
    }

    private static Option[] bundles(Settings settings, Composition composition) throws IOException {
        List<Feature.Entry> entries = composition.bundles();
        Option[] options = new Option[entries.size()];
        for (int i = 0; i < options.length; i++) {
            Path jar = BundleId.parse(entries.get(i).id()).file(settings.bundles());
            options[i] = bundle(jar.toUri().toString())
                    .startLevel(entries.get(i).startLevel())
                    .start(!isFragment(jar));
        }
        return options;
    }

    private static boolean isFragment(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.getManifest().getMainAttributes().getValue(Constants.FRAGMENT_HOST) != null;
        }
    }
}
