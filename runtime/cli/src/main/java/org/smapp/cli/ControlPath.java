package org.smapp.cli;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Where the daemon's control socket is when nobody names it. */
final class ControlPath {

    /** The environment variable that names it. */
    static final String VARIABLE = "SMAPP_CONTROL";

    /** The system property with the distribution's folder; without it, the folder above this program's jar. */
    static final String HOME = "smapp.home";

    private static final String NAME = "control.sock";

    private ControlPath() {}

    /**
     * Returns what {@value #VARIABLE} says, or the first socket that exists in a folder where {@code smapp run} keeps its data
     * by default, or where the first of them would be.
     */
    static Path standard(Map<String, String> environment) {
        String named = environment.getOrDefault(VARIABLE, "");
        if (!named.isEmpty()) {
            return Path.of(named);
        }
        List<Path> candidates = candidates(home(), environment);
        return candidates.stream().filter(Files::exists).findFirst().orElse(candidates.get(0));
    }

    static List<Path> candidates(Path home, Map<String, String> environment) {
        List<Path> candidates = new ArrayList<>();
        candidates.add(home.resolve("var").resolve(NAME));
        candidates.add(Path.of("/var/lib/smapp", NAME));
        String userHome = environment.get("HOME");
        if (environment.containsKey("XDG_STATE_HOME")) {
            candidates.add(Path.of(environment.get("XDG_STATE_HOME"), "smapp", NAME));
        } else if (userHome != null) {
            candidates.add(Path.of(userHome, ".local/state/smapp", NAME));
        }
        return candidates;
    }

    private static Path home() {
        String home = System.getProperty(HOME);
        if (home != null) {
            return Path.of(home).toAbsolutePath();
        }
        try {
            Path jar = Path.of(ControlPath.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return jar.getParent().getParent();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("The program's own place is no path.", e);
        }
    }
}
