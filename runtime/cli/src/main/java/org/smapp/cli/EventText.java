package org.smapp.cli;

/** How an event looks on one line: when, which connection, and the daemon's sentence. */
final class EventText {

    private EventText() {}

    /** Returns one line of {@code events} or {@code journal}; the first names the kind {@code topic}, the other {@code type}. */
    static String line(Fields event) {
        String token = event.values().containsKey("token") ? Text.token(event.number("token")) : "";
        String sentence = event.text("message");
        String what = sentence.isEmpty() ? Text.words(event.text("topic") + event.text("type")) : sentence;
        String found = event.flag("recovered") ? " (found by asking the kernel)" : "";
        return String.format("%-24s  %-8s  %s", time(event.text("time")), token, what + found);
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
}
