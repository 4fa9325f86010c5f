package org.smapp.itests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.osgi.framework.BundleContext;

/** The deploy folder and the rules of the platform under test, handled as an operator does. */
final class Deployment {

    private static final String CONTROLLER = "controller-fullmesh-";
    private static final String FIRST = "1.0.0";
    private static final String NEXT = "1.1.0";

    private final Path home;
    private final Path deploy;
    private final Path data;
    private final Path lastRule;

    Deployment(BundleContext context) {
        home = Path.of(context.getProperty("smapp.home"));
        deploy = Path.of(context.getProperty("smapp.deploy"));
        data = Path.of(context.getProperty("smapp.data"));
        lastRule = Path.of(context.getProperty("smapp.config"), "org.smapp.rule-last.cfg");
    }

    /** Replaces the jar that is there by full mesh 1.1.0, under the same name. */
    void update() throws IOException {
        copy(home.resolve("controllers"), NEXT, FIRST);
    }

    /** Replaces the jar that is there, if any, by full mesh 1.0.0, under the same name. */
    void downgrade() throws IOException {
        copy(home.resolve("deploy"), FIRST, FIRST);
    }

    /** Puts full mesh 1.1.0 beside what is there. */
    void add() throws IOException {
        copy(home.resolve("controllers"), NEXT, NEXT);
    }

    /** Removes the jar that was there at the start, whatever it holds now. */
    void remove() throws IOException {
        Files.delete(deploy.resolve(CONTROLLER + FIRST + ".jar"));
    }

    /** Adds a rule that gives every connection that nobody else gets to {@code controller}. */
    void lastRule(String controller) throws IOException {
        Files.writeString(lastRule, "ranking = -1\nside = any\ncontroller = %s\n".formatted(controller));
    }

    /** Makes everything as it was at the start. */
    void restore() throws IOException {
        Files.deleteIfExists(lastRule);
        Files.deleteIfExists(deploy.resolve(CONTROLLER + NEXT + ".jar"));
        Path jar = deploy.resolve(CONTROLLER + FIRST + ".jar");
        Path original = home.resolve("deploy").resolve(jar.getFileName());
        if (!Files.exists(jar) || Files.mismatch(jar, original) >= 0) {
            downgrade();
        }
    }

    private void copy(Path folder, String version, String name) throws IOException {
        Path whole = data.resolve("controller.part");
        Files.copy(folder.resolve(CONTROLLER + version + ".jar"), whole, StandardCopyOption.REPLACE_EXISTING);
        Files.move(
                whole,
                deploy.resolve(CONTROLLER + name + ".jar"),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }
}
