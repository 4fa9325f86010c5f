package org.smapp.launcher;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Where SMAPP is installed and where it may write. Thread-safe: stateless. */
final class Distribution {

    /** System property that names the distribution's folder; without it, the folder above the launcher's jar. */
    static final String HOME = "smapp.home";

    private Distribution() {}

    static Path home() {
        String home = System.getProperty(HOME);
        return home != null
                ? Path.of(home).toAbsolutePath()
                : launcherJar().getParent().getParent();
    }

    static String version() {
        String version = Distribution.class.getPackage().getImplementationVersion();
        return version != null ? version : "unpackaged";
    }

    /**
     * Returns the folder for data when none was asked for: the first that can be written of {@code var} in the distribution,
     * {@code /var/lib/smapp} and {@code $XDG_STATE_HOME/smapp} (by default {@code ~/.local/state/smapp}).
     */
    static Path defaultData(Path home, Map<String, String> environment) {
        Path inside = home.resolve("var");
        if (canBeWritten(inside)) {
            return inside;
        }
        Path system = Path.of("/var/lib/smapp");
        String userHome = environment.get("HOME");
        String state = environment.getOrDefault("XDG_STATE_HOME", userHome + "/.local/state");
        boolean hasState = userHome != null || environment.containsKey("XDG_STATE_HOME");
        return canBeWritten(system) || !hasState ? system : Path.of(state, "smapp");
    }

    private static boolean canBeWritten(Path folder) {
        return Files.isWritable(Files.exists(folder) ? folder : folder.getParent());
    }

    private static Path launcherJar() {
        try {
            return Path.of(Distribution.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("The launcher's own place is no path", e);
        }
    }
}
