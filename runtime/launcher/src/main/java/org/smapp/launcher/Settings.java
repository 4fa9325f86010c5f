package org.smapp.launcher;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a run was asked to do, defaults filled in. Immutable.
 *
 * @param home the distribution
 * @param config folder of configuration files
 * @param deploy folder that is watched for controller jars
 * @param data folder for everything that SMAPP writes
 * @param control Unix domain socket for the command line client
 * @param netns network namespace to manage; empty: the one that the process runs in
 * @param httpPort port of the web console; empty: no console
 */
record Settings(
        Path home, Path config, Path deploy, Path data, Path control, Optional<Path> netns, OptionalInt httpPort) {

    Path features() {
        return home.resolve("features");
    }

    Path bundles() {
        return home.resolve("bundles");
    }

    Path bundleCache() {
        return data.resolve("cache");
    }

    Path configurationStore() {
        return data.resolve("config");
    }

    Optional<String> consoleUrl() {
        return httpPort.isPresent()
                ? Optional.of("http://127.0.0.1:" + httpPort.getAsInt() + "/system/console")
                : Optional.empty();
    }
}
