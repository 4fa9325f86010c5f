package org.smapp.api.event;

/**
 * A controller was taken out of service because it failed or took too long.
 *
 * @param controller its name
 * @param version the version of its bundle
 * @param reason what it did
 */
public record ControllerQuarantined(String controller, String version, String reason) implements Event {
    @Override
    public <R> R accept(Handler<R> handler) {
        return handler.controllerQuarantined(this);
    }
}
