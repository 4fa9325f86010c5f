package org.smapp.config;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.SynchronousConfigurationListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smapp.api.WarningSource;
import org.smapp.api.configuration.ConfigurationSnapshot;
import org.smapp.api.configuration.Configurations;

/**
 * Keeps Configuration Admin and the folder in the framework property {@value #FOLDER} the same. The files of a bundle are
 * checked when it is installed, before it starts. What somebody else puts into Configuration Admin is checked before its
 * component hears of it, and undone if it is wrong.
 */
@Component(
        immediate = true,
        service = {
            Configurations.class,
            ConfigurationsComponent.class,
            WarningSource.class,
            SynchronousConfigurationListener.class
        })
public final class ConfigurationsComponent
        implements Configurations, WarningSource, SynchronousConfigurationListener, SynchronousBundleListener {

    /** The framework property with the folder's path. */
    static final String FOLDER = "smapp.config";

    private static final Logger LOG = LoggerFactory.getLogger(ConfigurationsComponent.class);

    private static final long LOOK_EACH_MS = 250;

    private final BundleContext context;
    private final Metatypes metatypes = new Metatypes();
    private final Problems problems = new Problems();
    private final InForce inForce;
    private final Intake intake;
    private final ConfigFolder folder;
    private final WriteBack writeBack;
    private final Surroundings surroundings;
    private final Snapshots snapshots;
    private final Thread thread;
    /** PIDs to delete at the next look: whoever made them may still be using them. */
    private final List<String> unwanted = new ArrayList<>();

    private boolean stopped;

    /** Reads the folder; what is in force is then in Configuration Admin. */
    @Activate
    public ConfigurationsComponent(BundleContext context, @Reference ConfigurationAdmin admin)
            throws IOException, InvalidSyntaxException {
        this.context = context;
        Path directory = Path.of(context.getProperty(FOLDER));
        inForce = new InForce(admin);
        intake = new Intake(inForce, metatypes, problems, context::getProperty);
        folder = new ConfigFolder(directory, intake);
        writeBack = new WriteBack(directory, folder, intake, context::getProperty);
        surroundings = new Surroundings(context, inForce, metatypes, problems);
        snapshots = new Snapshots(inForce, folder, metatypes, problems);
        thread = new Thread(this::watch, "smapp-config");
        thread.setDaemon(true);
        context.addBundleListener(this);
        context.addServiceListener(surroundings, Surroundings.CONTROLLERS);
        synchronized (this) {
            for (Bundle bundle : context.getBundles()) {
                metatypes.read(bundle);
            }
            for (String pid : inForce.pids()) {
                intake.recheck(pid);
            }
            lookAtFiles(true);
            for (String pid : inForce.pids()) {
                if (folder.file(pid) == null) {
                    inForce.delete(pid); // its file went while nobody looked
                }
            }
        }
        thread.start();
    }

    @Deactivate
    void stop() throws InterruptedException {
        context.removeBundleListener(this);
        context.removeServiceListener(surroundings);
        synchronized (this) {
            stopped = true;
            notifyAll();
        }
        thread.join();
    }

    private synchronized void watch() {
        try {
            while (!stopped) {
                wait(LOOK_EACH_MS);
                deleteUnwanted();
                lookAtFiles(false);
                surroundings.look();
            }
        } catch (InterruptedException e) {
            LOG.debug("Interrupted", e);
        }
    }

    private void deleteUnwanted() {
        for (String pid : unwanted) {
            try {
                inForce.delete(pid);
            } catch (IOException e) {
                LOG.warn("{} can't be removed: {}", pid, e.getMessage());
            }
        }
        unwanted.clear();
    }

    private void lookAtFiles(boolean atOnce) {
        try {
            folder.look(atOnce);
            problems.set(FOLDER, Problems.Finder.NAME, "");
        } catch (IOException e) {
            problems.set(
                    FOLDER,
                    Problems.Finder.NAME,
                    "The configuration folder can't be read, and everything stays as it was: " + e.getMessage());
        }
    }

    @Override
    public synchronized void bundleChanged(BundleEvent event) {
        surroundings.changed();
        switch (event.getType()) {
            case BundleEvent.INSTALLED, BundleEvent.UPDATED -> {
                for (ObjectClass each : metatypes.read(event.getBundle())) {
                    for (String pid : new TreeSet<>(inForce.pids())) {
                        if (Metatypes.describes(each.pid(), FileName.ofPid(pid), inForce.of(pid))) {
                            intake.recheck(pid);
                            folder.again(pid);
                        }
                    }
                }
            }
            case BundleEvent.UNINSTALLED -> metatypes.forget(event.getBundle());
            default -> {
                // the others don't change what is installed
            }
        }
    }

    @Override
    public synchronized void configurationEvent(ConfigurationEvent event) {
        surroundings.changed();
        if (inForce.isChanging()) {
            return;
        }
        try {
            if (event.getType() == ConfigurationEvent.CM_UPDATED) {
                changedElsewhere(event.getPid(), event.getFactoryPid());
            } else if (event.getType() == ConfigurationEvent.CM_DELETED) {
                inForce.forget(event.getPid());
                problems.clear(event.getPid());
                writeBack.delete(event.getPid());
            }
        } catch (IOException e) {
            LOG.warn("{} can't be checked: {}", event.getPid(), e.getMessage());
        }
    }

    /** Returns what is wrong with values that somebody is about to set; empty: nothing. */
    synchronized String problem(String factoryPid, String pid, Dictionary<String, Object> values) {
        FileName name = factoryPid == null ? FileName.of(pid, null) : new FileName("", factoryPid, "NAME");
        String problem =
                String.join("; ", intake.check(name, InForce.texts(values)).problems());
        if (!problem.isEmpty()) {
            LOG.warn(
                    "Refused in the web console, {} stays as it was: {}",
                    factoryPid == null ? pid : factoryPid,
                    problem);
        }
        return problem;
    }

    private void changedElsewhere(String pid, String factoryPid) throws IOException {
        FileName name = FileName.of(pid, factoryPid);
        Map<String, Object> given = inForce.given(pid);
        ObjectClass.Checked checked = intake.check(name, given);
        boolean right = checked.problems().isEmpty();
        problems.set(name.pid(), Problems.Finder.CHECK, right ? "" : intake.sentence(name, checked));
        if (!right || !writeBack.write(name, given)) {
            undo(pid, name);
        } else if (pid.equals(name.pid())) {
            inForce.note(pid, checked.right());
        } else {
            unwanted.add(pid); // it has a name that no file can have
            folder.again(name.pid());
        }
    }

    private void undo(String pid, FileName name) throws IOException {
        Map<String, Object> before = inForce.of(pid);
        if (before == null) {
            inForce.empty(pid);
            unwanted.add(pid);
        } else {
            inForce.put(name, before);
        }
    }

    @Override
    public synchronized List<ConfigurationSnapshot> all() {
        return snapshots.all();
    }

    @Override
    public List<String> warnings() {
        return problems.all();
    }

    @Override
    public void wrong(String pid, boolean stays, String what) {
        String file = FileName.ofPid(pid).file();
        problems.set(pid, Problems.Finder.BUNDLE, file + (stays ? " stays as it was: " : " is not in force: ") + what);
    }

    @Override
    public void right(String pid) {
        problems.set(pid, Problems.Finder.BUNDLE, "");
    }
}
