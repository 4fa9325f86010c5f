package org.smapp.control;

import java.util.List;
import org.smapp.api.configuration.ConfigurationSnapshot;
import org.smapp.api.configuration.Configurations;
import org.smapp.api.configuration.Setting;

/** One configuration, with one thing wrong. */
final class FakeConfigurations implements Configurations {

    static final String PROBLEM =
            "org.smapp.core.cfg stays as it was: stuckCallMs: '0' is not a whole number from 10 to 600000";

    @Override
    public List<ConfigurationSnapshot> all() {
        List<Setting> settings = List.of(
                new Setting("stuckCallMs", 1000, false, "10 to 600000"),
                new Setting("excludedInterfaces", List.of("docker*"), true, "list"));
        return List.of(new ConfigurationSnapshot("org.smapp.core", "org.smapp.core.cfg", PROBLEM, settings));
    }

    @Override
    public void wrong(String pid, boolean stays, String what) {
        throw new AssertionError("Nobody configures here");
    }

    @Override
    public void right(String pid) {
        throw new AssertionError("Nobody configures here");
    }
}
