package org.smapp.api.event;

import java.util.Map;

/**
 * A controller was taken out of service because it failed or took too long.
 *
 * @param controller its name
 * @param version the version of its bundle
 * @param reason what it did
 */
public record ControllerQuarantined(String controller, String version, String reason) implements PlatformEvent {

    /** Its topic. */
    public static final String TOPIC = TOPIC_PREFIX + "CONTROLLER_QUARANTINED";

    @Override
    public String topic() {
        return TOPIC;
    }

    @Override
    public Map<String, Object> properties() {
        return new EventProperties()
                .with("controller", controller)
                .with("version", version)
                .with("reason", reason)
                .map();
    }

    @Override
    public String sentence() {
        return "controller " + controller + " " + version + " is out of service: " + reason;
    }
}
