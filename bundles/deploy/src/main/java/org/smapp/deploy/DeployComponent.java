package org.smapp.deploy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smapp.api.WarningSource;

/**
 * Looks four times a second at the folder in the framework property {@value #FOLDER}, compares it with the bundles that came from
 * it, and acts on the difference. What replaces a bundle is started before that one is taken out, and if it can't be started that
 * one stays.
 */
@Component(immediate = true)
public final class DeployComponent implements WarningSource {

    /** The framework property with the folder's path. */
    static final String FOLDER = "smapp.deploy";

    private static final Logger LOG = LoggerFactory.getLogger(DeployComponent.class);
    private static final long LOOK_EACH_MS = 250;
    private static final long PATIENCE_MS = 3_000;
    private static final int LOOKS_BETWEEN_ATTEMPTS = 20;
    private static final int CALM_LOOKS = 12;

    private final Problems problems = new Problems();
    private final Patience patience = new Patience(problems, PATIENCE_MS);
    private final Path path;
    private final JarFolder folder;
    private final DeployedBundles bundles;
    private final Thread thread;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Map<String, Integer> attempts = new HashMap<>();
    private final Set<String> wereUp = new HashSet<>();
    private final Map<String, Integer> idle = new HashMap<>();

    /** Looks for the first time: what is in the folder then runs before anybody else is started. */
    @Activate
    public DeployComponent(BundleContext context) throws InterruptedException {
        path = Path.of(context.getProperty(FOLDER));
        folder = new JarFolder(path, problems);
        bundles = new DeployedBundles(context, problems);
        look(true);
        thread = new Thread(this::watch, "smapp-deploy");
        thread.setDaemon(true);
        thread.start();
    }

    @Deactivate
    void stop() throws InterruptedException {
        stopped.countDown();
        thread.join(2 * PATIENCE_MS);
    }

    private void watch() {
        try {
            while (!stopped.await(LOOK_EACH_MS, TimeUnit.MILLISECONDS)) {
                look(false);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IllegalStateException e) {
            LOG.debug("Stopped in the middle of a look", e);
        }
    }

    private void look(boolean atOnce) throws InterruptedException {
        try {
            folder.look(atOnce);
            problems.set(path.toString(), Problems.Finder.WAIT, "");
        } catch (IOException e) {
            problems.set(
                    path.toString(),
                    Problems.Finder.WAIT,
                    path + " can't be read, and everything stays as it was: " + e);
            return;
        }
        patience.look();
        List<String> installed =
                bundles.deployed().stream().map(Bundle::getLocation).toList();
        Choice choice = Choice.of(folder.jars(), installed, bundles.platform());
        problems.keep(Problems.Finder.CHOICE, choice.refused().keySet());
        choice.refused().forEach((file, why) -> problems.set(file, Problems.Finder.CHOICE, why));
        for (Jar each : choice.wanted().values()) {
            bringUp(each);
        }
        for (Bundle each : bundles.deployed()) {
            if (!choice.wanted().containsKey(each.getLocation())
                    && !standsIn(each, choice.wanted().values())) {
                takeOut(each);
            }
        }
        Set<String> files = choice.wanted().values().stream().map(Jar::file).collect(Collectors.toSet());
        problems.keep(Problems.Finder.START, files);
        attempts.keySet().retainAll(choice.wanted().keySet());
        wereUp.retainAll(choice.wanted().keySet());
        nameTheIdle();
    }

    private void bringUp(Jar jar) throws InterruptedException {
        if (bundles.isUp(jar)) {
            wereUp.add(jar.location());
            return;
        }
        boolean stoppedBySomebody = wereUp.contains(jar.location()) && bundles.isThere(jar);
        if (stoppedBySomebody || patience.isBusy(jar.symbolicName())) {
            return;
        }
        if (attempts.merge(jar.location(), 1, Integer::sum) % LOOKS_BETWEEN_ATTEMPTS != 1) {
            return;
        }
        String otherwise = bundles.deployed().stream()
                .filter(each -> !each.getLocation().equals(jar.location()) && isFor(each, jar))
                .findFirst()
                .map(each -> each.getSymbolicName() + " " + each.getVersion() + ", which was there before, stays")
                .orElse("it is tried again every few seconds");
        patience.run(
                jar.symbolicName(),
                jar.file(),
                jar.file() + ": " + jar.identity()
                        + " does not return from its start. The others go on; to be rid of it,"
                        + " remove the jar and restart SMAPP",
                () -> bundles.bringUp(jar, otherwise));
    }

    /** Returns whether a bundle stays until another one that is to follow it is up. */
    private boolean standsIn(Bundle bundle, Collection<Jar> wanted) {
        return folder.unknown().contains(Jar.file(bundle.getLocation()))
                || wanted.stream().anyMatch(each -> isFor(bundle, each) && !bundles.isUp(each));
    }

    private static boolean isFor(Bundle bundle, Jar jar) {
        return jar.symbolicName().equals(bundle.getSymbolicName()) || jar.file().equals(Jar.file(bundle.getLocation()));
    }

    private void takeOut(Bundle bundle) throws InterruptedException {
        String name = bundle.getSymbolicName();
        String file = Jar.file(bundle.getLocation());
        if (!patience.isBusy(name)) {
            patience.run(
                    name,
                    file,
                    file + ": " + name + " " + bundle.getVersion() + " was to go, but does not return from its stop"
                            + " (deactivate). The others go on; to be rid of it, restart SMAPP",
                    () -> bundles.takeOut(bundle));
        }
    }

    private void nameTheIdle() {
        Map<String, Integer> looks = new HashMap<>();
        for (Bundle each : bundles.deployed()) {
            String file = Jar.file(each.getLocation());
            if (DeployedBundles.isIdle(each)) {
                looks.put(file, idle.getOrDefault(file, 0) + 1);
                if (looks.get(file) == CALM_LOOKS) {
                    problems.set(
                            file,
                            Problems.Finder.USE,
                            file + " does nothing: its bundle " + each.getSymbolicName()
                                    + " offers no controller. A controller is a Declarative Services component with the"
                                    + " property smapp.controller, and all that it refers to must be there");
                }
            }
        }
        idle.clear();
        idle.putAll(looks);
        problems.keep(Problems.Finder.USE, looks.keySet());
    }

    @Override
    public List<String> warnings() {
        return problems.sentences();
    }
}
