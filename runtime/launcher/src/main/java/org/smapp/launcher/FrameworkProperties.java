package org.smapp.launcher;

import java.util.HashMap;
import java.util.Map;
import org.osgi.framework.Constants;

/** The framework's properties: those of the feature files, then those that follow from the command line. */
final class FrameworkProperties {

    private FrameworkProperties() {}

    static Map<String, String> of(Settings settings, Composition composition) {
        Map<String, String> properties = new HashMap<>(composition.frameworkProperties());
        addFramework(properties, settings, composition);
        addSmapp(properties, settings);
        properties.put("felix.cm.dir", settings.configurationStore().toString());
        settings.httpPort().ifPresent(port -> properties.put("org.osgi.service.http.port", String.valueOf(port)));
        return properties;
    }

    private static void addFramework(Map<String, String> properties, Settings settings, Composition composition) {
        properties.put(Constants.FRAMEWORK_STORAGE, settings.bundleCache().toString());
        properties.put(Constants.FRAMEWORK_BEGINNING_STARTLEVEL, String.valueOf(composition.highestStartLevel()));
    }

    private static void addSmapp(Map<String, String> properties, Settings settings) {
        properties.put("smapp.version", Distribution.version());
        properties.put("smapp.home", settings.home().toString());
        properties.put("smapp.config", settings.config().toString());
        properties.put("smapp.deploy", settings.deploy().toString());
        properties.put("smapp.data", settings.data().toString());
        properties.put("smapp.control", settings.control().toString());
        settings.netns().ifPresent(netns -> properties.put("smapp.netns", netns.toString()));
    }
}
