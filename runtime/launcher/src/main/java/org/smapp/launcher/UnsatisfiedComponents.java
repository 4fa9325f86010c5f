package org.smapp.launcher;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/**
 * Asks Declarative Services which components wait and for what. By reflection: its classes live in a bundle, and the launcher
 * must start without them. Thread-safe: stateless.
 */
final class UnsatisfiedComponents {

    private static final String RUNTIME = "org.osgi.service.component.runtime.ServiceComponentRuntime";

    /** {@code ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION}, {@code _REFERENCE}, {@code FAILED_ACTIVATION}. */
    private static final int UNSATISFIED_CONFIGURATION = 1;

    private static final int UNSATISFIED_REFERENCE = 2;
    private static final int FAILED_ACTIVATION = 16;

    private UnsatisfiedComponents() {}

    static List<String> sentences(BundleContext context) {
        ServiceReference<?> reference = context.getServiceReference(RUNTIME);
        if (reference == null) {
            return List.of("Declarative Services is not there.");
        }
        try {
            return sentences(
                    context.getService(reference), reference.getBundle().loadClass(RUNTIME));
        } catch (ReflectiveOperationException e) {
            return List.of("Declarative Services doesn't tell which components wait: " + e + ".");
        }
    }

    private static List<String> sentences(Object runtime, Class<?> api) throws ReflectiveOperationException {
        List<String> sentences = new ArrayList<>();
        Object all =
                api.getMethod("getComponentDescriptionDTOs", Bundle[].class).invoke(runtime, (Object) new Bundle[0]);
        for (Object description : (Collection<?>) all) {
            Object configurations = api.getMethod("getComponentConfigurationDTOs", description.getClass())
                    .invoke(runtime, description);
            for (Object configuration : (Collection<?>) configurations) {
                String problem = problem(configuration);
                if (!problem.isEmpty()) {
                    sentences.add("Component " + field(description, "name") + " " + problem + ".");
                }
            }
        }
        return sentences;
    }

    private static String problem(Object configuration) throws ReflectiveOperationException {
        return switch ((Integer) field(configuration, "state")) {
            case UNSATISFIED_CONFIGURATION -> "waits for its configuration";
            case UNSATISFIED_REFERENCE -> "waits for " + missing(configuration);
            case FAILED_ACTIVATION ->
                "failed: "
                        + String.valueOf(field(configuration, "failure"))
                                .lines()
                                .findFirst()
                                .orElse("no reason given");
            default -> "";
        };
    }

    private static String missing(Object configuration) throws ReflectiveOperationException {
        List<String> names = new ArrayList<>();
        for (Object reference : (Object[]) field(configuration, "unsatisfiedReferences")) {
            names.add(String.valueOf(field(reference, "name")));
        }
        return String.join(" and ", names);
    }

    private static Object field(Object dto, String name) throws ReflectiveOperationException {
        return dto.getClass().getField(name).get(dto);
    }
}
