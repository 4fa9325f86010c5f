package org.smapp.cli;

import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;

/** How an event looks on one line: when, which connection, what, and the rest in words. */
final class EventText {

    /** Shown in their own way, or said already by another field. */
    private static final Set<String> ELSEWHERE = Set.of(
            ("time topic type token localAddress localPort remoteAddress remotePort localId remoteId command outcome"
                            + " accepted cause errno resetReason resetTransient controller reason reactionNanos")
                    .split(" "));

    private EventText() {}

    /** Returns one line of {@code events} or {@code journal}; the first names the kind {@code topic}, the other {@code type}. */
    static String line(Fields event) {
        String kind = event.text("topic") + event.text("type");
        String token = event.values().containsKey("token") ? Text.token(event.number("token")) : "";
        String head =
                pad(time(event.text("time")), 24) + "  " + pad(token, 8) + "  " + pad(Text.words(kind), 22) + "  ";
        return (head + details(event)).stripTrailing();
    }

    private static String details(Fields event) {
        StringJoiner details = new StringJoiner(", ");
        addEnds(event, details);
        for (String name : new String[] {"command", "outcome", "cause"}) {
            if (!event.text(name).isEmpty()) {
                details.add(event.text(name));
            }
        }
        addIds(event, details);
        if (!event.text("controller").isEmpty()) {
            details.add((event.values().containsKey("command") ? "by " : "controller ") + event.text("controller"));
        }
        if (event.number("reactionNanos") > 0) {
            details.add("after " + (event.number("reactionNanos") + 500) / 1000 + " us");
        }
        for (Map.Entry<String, Object> field : new TreeMap<>(event.values()).entrySet()) {
            addField(field.getKey(), field.getValue(), details);
        }
        String reason = event.text("reason");
        return details + (reason.isEmpty() ? "" : " (" + reason + ")");
    }

    private static void addIds(Fields event, StringJoiner details) {
        String local = event.text("localId");
        String remote = event.text("remoteId");
        if (!local.isEmpty()) {
            details.add("ids " + local + "/" + remote);
        } else if (!remote.isEmpty()) {
            details.add("id " + remote);
        }
    }

    private static void addEnds(Fields event, StringJoiner details) {
        StringJoiner ends = new StringJoiner(" -> ");
        for (String side : new String[] {"local", "remote"}) {
            String address = event.text(side + "Address");
            if (event.values().containsKey(side + "Port")) {
                ends.add(Text.end(address, event.number(side + "Port")));
            } else if (!address.isEmpty()) {
                ends.add(Text.address(address));
            }
        }
        if (ends.length() > 0) {
            details.add(ends.toString());
        }
    }

    private static void addField(String name, Object value, StringJoiner details) {
        boolean unbound = name.equals("interfaceIndex") && value.equals(0L);
        boolean says = !Boolean.FALSE.equals(value) && !"".equals(value) && !unbound;
        if (says && !ELSEWHERE.contains(name)) {
            details.add(Boolean.TRUE.equals(value) ? Text.label(name) : Text.label(name) + " " + value);
        }
    }

    /** Cuts to milliseconds, so that the columns stay in place. */
    private static String time(String time) {
        int seconds = "2026-01-02T03:04:05".length();
        if (time.length() <= seconds || !time.endsWith("Z")) {
            return time;
        }
        String fraction = time.substring(seconds, time.length() - 1).replace(".", "") + "000";
        return time.substring(0, seconds) + "." + fraction.substring(0, 3) + "Z";
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
