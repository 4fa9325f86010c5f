package org.smapp.walkthrough;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.smapp.testkit.gateway.EventLog;
import org.smapp.testkit.gateway.Shown;
import org.smapp.testkit.gateway.Smapp;
import org.smapp.testkit.lab.Deadline;
import org.smapp.testkit.lab.Download;
import org.smapp.testkit.lab.GatewayLab;
import org.smapp.testkit.lab.LabException;
import org.smapp.testkit.lab.Link;
import org.smapp.testkit.lab.Link.End;
import org.smapp.testkit.lab.Payload;

/** What is shown, step by step, during one download. A step that doesn't come about throws. */
final class Story {

    static final String CONTROLLER = "fullmesh";

    /** The name of its jar in the deploy folder, whatever the version. */
    static final String JAR = "controller.jar";

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration DOWNLOAD_LIMIT = Duration.ofSeconds(60);
    private static final long CUT_NANOS = 3_000_000_000L;
    private static final long PROOF_BYTES = 1_000_000;
    private static final long SHOW_BYTES = 3_000_000; // somewhat more than a second of the slow line
    private static final String FIBRE_ADDRESS = "10.71.1.2";
    private static final String LTE_ADDRESS = "10.71.2.2";

    private final GatewayLab lab;
    private final Smapp smapp;
    private final EventLog events;
    private final Timeline timeline;
    private final Download download;
    private final Payload payload;
    private final Map<String, String> findings = new LinkedHashMap<>();
    private long token;

    Story(GatewayLab lab, Smapp smapp, EventLog events, Timeline timeline, Download download, Payload payload) {
        this.lab = lab;
        this.smapp = smapp;
        this.events = events;
        this.timeline = timeline;
        this.download = download;
        this.payload = payload;
    }

    /** Returns what has been found out, by subject. */
    Map<String, String> findings() {
        return findings;
    }

    /** The connection gets its second subflow, and both lines carry data. */
    void secondSubflow() {
        token = events.await("a connection is established", 0, LIMIT, is("CONNECTION_ESTABLISHED"))
                .get("token")
                .getAsLong();
        JsonObject command = events.await(
                "a second subflow is asked for",
                0,
                LIMIT,
                ofConnection("COMMAND_DONE").and(Story::createsSubflow));
        await("the second subflow is established", this::isWhole);
        for (Link link : lab.links()) {
            awaitBytes(link, PROOF_BYTES);
        }
        find(
                "second subflow",
                "asked for %.0f us after the connection was established",
                EventText.reactionMicros(command));
    }

    private static boolean createsSubflow(JsonObject event) {
        return EventText.text(event, "command").startsWith("create subflow")
                && event.get("accepted").getAsBoolean();
    }

    /** The controller's next version takes over; the connection and its subflows stay. */
    void swap(Path nextVersion) {
        String before = version();
        Set<String> subflows = subflows();
        int mark = events.size();
        long start = System.nanoTime();
        timeline.say("demo", "replaces the controller " + CONTROLLER + " " + before + " in the deploy folder");
        smapp.deploy(nextVersion, JAR);
        await("the next version of the controller has the connection", () -> tookOver(before));
        long tookNanos = System.nanoTime() - start;
        if (events.since(mark, ofConnection("SUBFLOW_CLOSED")) > 0
                || !subflows().containsAll(subflows)) {
            throw new LabException("The swap cost a subflow: there were " + subflows + ", there are " + subflows());
        }
        find(
                "swap",
                "%s %s -> %s in %.1f s; the same connection %08x, its %d subflows untouched",
                CONTROLLER,
                before,
                version(),
                tookNanos / 1e9,
                token,
                subflows.size());
        timeline.say("demo", "swapped: " + CONTROLLER + " " + version() + ", connection and subflows are the same");
        bothLinksCarry();
    }

    private boolean tookOver(String before) {
        return smapp.control()
                .controller(CONTROLLER)
                .filter(now -> !now.version().equals(before) && now.connections() > 0)
                .isPresent();
    }

    private String version() {
        return smapp.control()
                .controller(CONTROLLER)
                .map(Shown.Controller::version)
                .orElse("");
    }

    /** The first line loses its carrier; the download goes on over the second. */
    void cut() {
        int mark = events.size();
        long lteBefore = GatewayLab.downloadedBytes(lab.lte());
        PauseWatch pauses = new PauseWatch(download);
        timeline.say("demo", "takes the carrier of " + lab.fibre().device(End.NEAR) + " away");
        lab.fibre().carrier(End.NEAR, false);
        long start = System.nanoTime();
        events.await("SMAPP sees the address go", mark, LIMIT, local("LOCAL_ADDRESS_REMOVED"));
        await("three seconds without the fibre", () -> {
            pauses.look(System.nanoTime());
            return System.nanoTime() - start > CUT_NANOS;
        });
        long came = GatewayLab.downloadedBytes(lab.lte()) - lteBefore;
        if (came < PROOF_BYTES) {
            throw new LabException("Without the fibre only " + came + " bytes came over lte in three seconds");
        }
        find(
                "fibre cut",
                "%.1f MB came over lte alone in %.1f s; the longest pause was %.0f ms",
                came / 1e6,
                CUT_NANOS / 1e9,
                pauses.longestNanos() / 1e6);
    }

    /** The first line comes back, and the mesh is whole again. */
    void mend() {
        int mark = events.size();
        long fibreBefore = GatewayLab.downloadedBytes(lab.fibre());
        timeline.say("demo", "gives the carrier of " + lab.fibre().device(End.NEAR) + " back");
        lab.fibre().carrier(End.NEAR, true);
        long start = System.nanoTime();
        events.await("SMAPP sees the address come back", mark, LIMIT, local("LOCAL_ADDRESS_ADDED"));
        await("a subflow over each line again", this::isWhole);
        long wholeNanos = System.nanoTime() - start;
        awaitBytes(lab.fibre(), fibreBefore + PROOF_BYTES);
        find(
                "fibre back",
                "a subflow over each line after %.1f s, the first MB over fibre after %.1f s",
                wholeNanos / 1e9,
                (System.nanoTime() - start) / 1e9);
        timeline.say("demo", "the mesh is whole again: " + subflows());
    }

    /** The file is complete and right, and the connection ends. */
    void finish() {
        Download.Result result = download.await(DOWNLOAD_LIMIT);
        if (!result.sha256().equals(payload.sha256())) {
            throw new LabException("The file is wrong: SHA-256 " + result.sha256() + ", not " + payload.sha256());
        }
        events.await("the connection closes", 0, LIMIT, ofConnection("CONNECTION_CLOSED"));
        find(
                "download",
                "%.1f MB in %.1f s, SHA-256 right",
                result.bytes() / 1e6,
                result.time().toNanos() / 1e9);
        find(
                "bytes",
                "fibre %.1f MB, lte %.1f MB (with headers)",
                GatewayLab.downloadedBytes(lab.fibre()) / 1e6,
                GatewayLab.downloadedBytes(lab.lte()) / 1e6);
    }

    private void bothLinksCarry() {
        Map<Link, Long> goals = new LinkedHashMap<>();
        lab.links().forEach(link -> goals.put(link, GatewayLab.downloadedBytes(link) + SHOW_BYTES));
        goals.forEach(this::awaitBytes);
    }

    private void awaitBytes(Link link, long bytes) {
        await(link.name() + " carries data", () -> GatewayLab.downloadedBytes(link) >= bytes);
    }

    /** Waits for something that has to come about while the download is under way. */
    private void await(String what, Deadline.Condition condition) {
        Deadline.waitFor(what, LIMIT, () -> {
            if (!download.isRunning()) {
                download.await(LIMIT); // says so if curl failed
                throw new LabException(
                        "The download was over before this: " + what + ". Take a bigger file (--megabytes)");
            }
            return condition.holds();
        });
    }

    private boolean isWhole() {
        Set<String> subflows = subflows();
        return subflows.stream().anyMatch(local -> local.startsWith(FIBRE_ADDRESS + ":"))
                && subflows.stream().anyMatch(local -> local.startsWith(LTE_ADDRESS + ":"));
    }

    private Set<String> subflows() {
        Shown.Connection connection =
                smapp.control().connection(token).orElseThrow(() -> new LabException("SMAPP has lost the connection"));
        return connection.established().stream()
                .map(each -> each.localAddress() + ":" + each.localPort())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Predicate<JsonObject> is(String topic) {
        return event -> EventText.topic(event).equals(topic);
    }

    private Predicate<JsonObject> ofConnection(String topic) {
        return is(topic).and(event -> event.get("token").getAsLong() == token);
    }

    private static Predicate<JsonObject> local(String topic) {
        return is(topic).and(event -> EventText.text(event, "localAddress").equals(FIBRE_ADDRESS));
    }

    private void find(String subject, String text, Object... values) {
        findings.put(subject, String.format(Locale.ROOT, text, values));
    }
}
