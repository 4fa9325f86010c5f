package org.smapp.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.smapp.api.configuration.ConfigurationSnapshot;
import org.smapp.api.configuration.Setting;

/** What the command line shows: what is set, and what is not set but has a default. Used by one thread at a time. */
final class Snapshots {

    private final InForce inForce;
    private final ConfigFolder folder;
    private final Metatypes metatypes;
    private final Problems problems;

    Snapshots(InForce inForce, ConfigFolder folder, Metatypes metatypes, Problems problems) {
        this.inForce = inForce;
        this.folder = folder;
        this.metatypes = metatypes;
        this.problems = problems;
    }

    List<ConfigurationSnapshot> all() {
        TreeSet<String> pids = new TreeSet<>(inForce.pids());
        metatypes.all().stream()
                .filter(each -> !each.factory())
                .map(ObjectClass::pid)
                .forEach(pids::add);
        folder.pids().forEach(pids::add); // a rule that never was in force
        List<ConfigurationSnapshot> all = new ArrayList<>();
        for (String pid : pids) {
            Path file = folder.file(pid);
            String name = file == null ? "" : file.getFileName().toString();
            Map<String, Object> values = inForce.all().getOrDefault(pid, Map.of());
            all.add(new ConfigurationSnapshot(pid, name, problems.of(pid), settings(pid, values)));
        }
        return all;
    }

    private List<Setting> settings(String pid, Map<String, Object> values) {
        List<Setting> settings = new ArrayList<>();
        ObjectClass described = metatypes.of(FileName.ofPid(pid), values);
        if (described == null) {
            values.forEach((key, value) -> settings.add(new Setting(key, shown(value), true, "")));
            return settings;
        }
        for (Attribute each : described.attributes().values()) {
            Object value = values.get(each.key());
            Object shown = shown(value == null ? each.defaultValue() : value);
            settings.add(new Setting(each.key(), shown, value != null, each.allowed()));
        }
        return settings;
    }

    private static Object shown(Object value) {
        return value instanceof Number || value instanceof Boolean || value == null ? value : InForce.text(value);
    }
}
