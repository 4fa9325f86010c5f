package org.smapp.itests.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.ops4j.pax.tinybundles.TinyBundles;
import org.osgi.framework.Constants;
import org.smapp.testkit.lab.Deadline;
import org.smapp.testkit.lab.LabProcess;

/** A bad controller of each kind beside a good one: the good one's reactions before and meanwhile, side by side. */
final class BadControllersIT extends LoadedGatewayTest {

    private static final int REACTIONS = Integer.getInteger("smapp.recovery.reactions", 60);
    private static final int PAUSE_MS = 5;
    private static final int VICTIMS = 20;

    /** The one that spins comes last: its thread can't be ended, and takes one processor from all that follows. */
    private static final List<String> KINDS = List.of("throws", "floods", "blocks", "spins");

    @Test
    void shouldReactAsBeforeBesideABadController() throws IOException {
        gateway.core.configure(
                "auditIntervalMs = \"4000\"\n"); // the kernel does not tell when the server's end is killed
        Picture known = loadBothSides();
        for (String each : KINDS) {
            install(each);
            LabProcess before = gateway.reactions(REACTIONS, PAUSE_MS);
            assertEquals(0, before.waitFor(RunningCore.SOON), "connections without a second subflow");
            LabProcess during = gateway.reactions(REACTIONS, PAUSE_MS);
            Deadline.waitFor(
                    "a third of the reactions",
                    RunningCore.SOON,
                    () -> Spread.of(during.output()).count() > REACTIONS / 3);
            LabProcess victims = gateway.loadFromServer(VICTIMS);
            assertEquals(0, during.waitFor(RunningCore.SOON), "connections without a second subflow");
            Deadline.waitFor(
                    "the next rule's controller to have the victims",
                    RunningCore.SOON,
                    () -> owners().keySet().equals(Set.of("fullmesh")));
            assertEquals(VICTIMS, gateway.loadCounts()[0] - CONNECTIONS);
            assertTrue(!quarantine(each).isEmpty(), "not taken out: " + each);
            gateway.end(victims);
            print(each, Spread.of(before.output()), Spread.of(during.output()), known);
        }
        assertUndisturbed();
        msUntilShown(known);
    }

    private String quarantine(String kind) {
        return gateway.smapp.control().controller(kind).orElseThrow().quarantined();
    }

    private Map<String, Integer> owners() {
        return gateway.shown().owners();
    }

    /** The server's connections are for the bad one; those to the server belong to full mesh as before. */
    private void install(String kind) throws IOException {
        gateway.smapp.deploy(bundle(kind), kind + ".jar");
        Deadline.waitFor(
                "the controller " + kind,
                RunningCore.SOON,
                () -> gateway.smapp.control().controller(kind).isPresent());
        gateway.smapp.configure(
                "org.smapp.rule-" + kind,
                "ranking = %d\nside = server\ncontroller = %s\n".formatted(100 + KINDS.indexOf(kind), kind));
        Deadline.waitFor("the rule for " + kind, RunningCore.SOON, () -> owners().containsKey(kind));
    }

    private Path bundle(String kind) throws IOException {
        Path jar = gateway.lab.lab().directory().resolve(kind + ".jar");
        Files.copy(
                TinyBundles.bundle()
                        .addClass(BadController.class)
                        .addClass(BadController.Handler.class)
                        .setHeader(Constants.BUNDLE_MANIFESTVERSION, "2")
                        .setHeader(Constants.BUNDLE_SYMBOLICNAME, "org.smapp.itests." + kind)
                        .setHeader(Constants.BUNDLE_ACTIVATOR, BadController.class.getName())
                        .setHeader(
                                Constants.IMPORT_PACKAGE,
                                "org.osgi.framework,org.smapp.api,org.smapp.api.controller,org.smapp.api.event")
                        .setHeader(BadController.HEADER, kind)
                        .build(TinyBundles.rawBuilder()),
                jar);
        return jar;
    }

    private void print(String kind, Spread before, Spread during, Picture known) {
        figures.row(
                "beside a controller that " + kind + ": " + REACTIONS + " reactions of the good one",
                load(known),
                "before: " + before,
                "meanwhile: " + during,
                2 * during.percentile(50) <= 3 * before.percentile(50)
                        && during.percentile(90) <= before.percentile(99));
    }
}
