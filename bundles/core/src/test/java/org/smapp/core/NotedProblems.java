package org.smapp.core;

import java.util.ArrayList;
import java.util.List;
import org.smapp.api.configuration.ConfigurationSnapshot;
import org.smapp.api.configuration.Configurations;

/** Notes what components say of their configuration. */
final class NotedProblems implements Configurations {

    final List<String> said = new ArrayList<>();

    @Override
    public List<ConfigurationSnapshot> all() {
        return List.of();
    }

    @Override
    public void wrong(String pid, boolean stays, String what) {
        said.add(pid + (stays ? " stays: " : " is not in force: ") + what);
    }

    @Override
    public void right(String pid) {
        said.clear();
    }
}
