package org.smapp.walkthrough;

import com.google.gson.JsonObject;
import java.util.Locale;
import java.util.Optional;

/** Events in words for the timeline. */
final class EventText {

    private EventText() {}

    /** Returns the topic's last part, such as {@code SUBFLOW_CLOSED}. */
    static String topic(JsonObject event) {
        return text(event, "topic");
    }

    static String text(JsonObject event, String name) {
        return event.has(name) && !event.get(name).isJsonNull()
                ? event.get(name).getAsString()
                : "";
    }

    /** Returns a token as {@code ss} shows it. */
    static String token(JsonObject event) {
        return String.format(Locale.ROOT, "%08x", event.get("token").getAsLong());
    }

    /** Returns a line for the timeline, or nothing for an event that would only distract. */
    static Optional<String> of(JsonObject event) {
        return Optional.ofNullable(
                switch (topic(event)) {
                    case "CONNECTION_ESTABLISHED" -> "connection " + token(event) + " established, " + ends(event);
                    case "CONNECTION_CLOSED" -> "connection " + token(event) + " closed";
                    case "SUBFLOW_ESTABLISHED" -> "subflow established, " + ends(event);
                    case "SUBFLOW_CLOSED" -> "subflow closed, " + ends(event) + ": " + text(event, "cause");
                    case "LOCAL_ADDRESS_ADDED" -> "address " + address(event) + " usable: " + text(event, "reason");
                    case "LOCAL_ADDRESS_REMOVED" ->
                        "address " + address(event) + " not usable: " + text(event, "reason");
                    case "COMMAND_DONE" -> command(event);
                    case "CONTROLLER_ASSIGNED" ->
                        "connection " + token(event) + " under " + controller(event) + ": " + text(event, "reason");
                    case "CONTROLLER_QUARANTINED" ->
                        controller(event) + " taken out of service: " + text(event, "reason");
                    default -> null;
                });
    }

    private static String controller(JsonObject event) {
        String name = text(event, "controller");
        return name.isEmpty() ? "no controller" : name + " " + text(event, "version");
    }

    private static String command(JsonObject event) {
        String reason = text(event, "reason");
        return String.format(
                Locale.ROOT,
                "%s: %s, %.0f us after the event%s%s",
                text(event, "controller"),
                text(event, "command"),
                reactionMicros(event),
                reason.isEmpty() ? "" : " (" + reason + ")",
                event.get("accepted").getAsBoolean() ? "" : ": " + text(event, "outcome"));
    }

    static double reactionMicros(JsonObject event) {
        return event.get("reactionNanos").getAsLong() / 1e3;
    }

    private static String address(JsonObject event) {
        return text(event, "localAddress") + " on " + text(event, "interface");
    }

    private static String ends(JsonObject event) {
        return text(event, "localAddress") + ":" + text(event, "localPort") + " -> " + text(event, "remoteAddress")
                + ":" + text(event, "remotePort");
    }
}
