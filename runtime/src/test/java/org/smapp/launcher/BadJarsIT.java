package org.smapp.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/** Jars in the deploy folder that are wrong: each is named, and nothing that worked is lost. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class BadJarsIT {

    private static final String NAME = "org.smapp.test.good";

    @TempDir
    private Path data;

    private RunningPlatform platform;
    private Path deploy;

    @BeforeEach
    void start() throws IOException, StartException {
        platform = RunningPlatform.start(data, Set.of("base"));
        deploy = platform.settings().deploy();
        TestBundle.put(deploy.resolve("good.jar"), NAME, "1.0.0");
        platform.await("good", () -> running().equals(List.of(NAME)));
    }

    @AfterEach
    void stop() {
        System.clearProperty(ReluctantActivator.BLOCKED);
        platform.close();
    }

    @Test
    void shouldNameJarsThatAreNotWhole() throws IOException {
        byte[] whole = Files.readAllBytes(deploy.resolve("good.jar"));
        Files.write(deploy.resolve("cut.jar"), Arrays.copyOf(whole, whole.length / 2));
        Files.write(deploy.resolve("junk.jar"), new byte[3000]);
        Files.createFile(deploy.resolve("empty.jar"));

        awaitWarning("cut.jar is no whole jar");
        awaitWarning("junk.jar is no whole jar");
        awaitWarning("empty.jar is empty");

        Files.delete(deploy.resolve("empty.jar"));
        platform.await("forgotten", () -> warnings().stream().noneMatch(each -> each.contains("empty.jar")));
    }

    @Test
    void shouldKeepWhatRunsWhenItsFileIsOverwrittenByHalfOfTheNext() throws IOException {
        Bundle before = platform.bundle(NAME).orElseThrow();
        byte[] whole = Files.readAllBytes(deploy.resolve("good.jar"));
        Files.write(deploy.resolve("good.jar"), Arrays.copyOf(whole, whole.length / 2));

        awaitWarning("good.jar is no whole jar");

        assertEquals(Bundle.ACTIVE, before.getState());
    }

    @Test
    void shouldKeepWhatRunsWhenTheNextDoesNotStart() throws IOException {
        Bundle before = platform.bundle(NAME).orElseThrow();
        TestBundle.put(deploy.resolve("good.jar"), NAME, "1.1.0", "org.smapp.no.such.thing");

        awaitWarning("good.jar does not start");
        awaitWarning(NAME + " 1.0.0, which was there before, stays");

        assertEquals(Bundle.ACTIVE, before.getState());
    }

    @Test
    void shouldServeFromASecondFileWhenTheFirstGoes() throws IOException {
        Path copy = deploy.resolve("copy.jar");
        Files.copy(deploy.resolve("good.jar"), copy);
        awaitWarning("copy.jar waits: good.jar is the same bundle");

        Files.delete(deploy.resolve("good.jar"));
        platform.await("the copy", () -> from("copy.jar") && running().equals(List.of(NAME)));

        Files.move(copy, deploy.resolve("renamed.jar"));
        platform.await("the renamed", () -> from("renamed.jar") && running().equals(List.of(NAME)));
    }

    @Test
    void shouldLetNobodyTakeTheNameOfAnother() throws IOException {
        TestBundle.put(deploy.resolve("a-thief.jar"), NAME, "1.0.0", "org.osgi.framework");
        TestBundle.put(deploy.resolve("usurper.jar"), "org.smapp.api", "9.0.0");

        awaitWarning("a-thief.jar is not taken");
        awaitWarning("usurper.jar is not taken");
        assertEquals(List.of(NAME), running());
        Files.delete(deploy.resolve("a-thief.jar"));
        platform.await("forgotten", () -> warnings().stream().noneMatch(each -> each.contains("thief")));
        assertEquals(List.of(NAME), running());
    }

    @Test
    void shouldGoOnBesideABundleThatDoesNotStop() throws IOException {
        TestBundle.put(deploy.resolve("slow.jar"), "org.smapp.test.slow", "1.0.0", ReluctantActivator.class);
        platform.await("slow", () -> running().contains("org.smapp.test.slow"));
        System.setProperty(ReluctantActivator.BLOCKED, ReluctantActivator.STOP);
        Files.delete(deploy.resolve("slow.jar"));
        TestBundle.put(deploy.resolve("next.jar"), "org.smapp.test.next", "1.0.0");

        awaitWarning("slow.jar: org.smapp.test.slow 1.0.0 was to go, but does not return from its stop");
        platform.await("next", () -> running().contains("org.smapp.test.next"));

        System.clearProperty(ReluctantActivator.BLOCKED);
        platform.await("gone", () -> platform.bundle("org.smapp.test.slow").isEmpty());
        platform.await("forgotten", () -> warnings().stream().noneMatch(each -> each.contains("slow.jar")));
    }

    @Test
    void shouldGoOnBesideABundleThatDoesNotComeUp() throws IOException {
        System.setProperty(ReluctantActivator.BLOCKED, ReluctantActivator.START);
        TestBundle.put(deploy.resolve("a-slow.jar"), "org.smapp.test.slow", "1.0.0", ReluctantActivator.class);
        awaitWarning("a-slow.jar: org.smapp.test.slow 1.0.0 does not return from its start");
        TestBundle.put(deploy.resolve("next.jar"), "org.smapp.test.next", "1.0.0");

        platform.await("next", () -> running().contains("org.smapp.test.next"));
    }

    @Test
    void shouldNameAJarWithoutAController() throws IOException {
        awaitWarning("good.jar does nothing");
    }

    private void awaitWarning(String text) {
        platform.await(text, () -> warnings().stream().anyMatch(each -> each.contains(text)));
    }

    private List<String> running() {
        return Arrays.stream(platform.context().getBundles())
                .filter(each -> each.getLocation().startsWith("deploy:") && each.getState() == Bundle.ACTIVE)
                .map(Bundle::getSymbolicName)
                .toList();
    }

    private boolean from(String file) {
        return platform.bundle(NAME)
                .filter(each -> each.getLocation().startsWith("deploy:" + file))
                .isPresent();
    }

    /** By reflection: the interface lives in a bundle. */
    private List<String> warnings() throws ReflectiveOperationException, InvalidSyntaxException {
        ServiceReference<?> reference =
                platform.context().getAllServiceReferences("org.smapp.api.WarningSource", null)[0];
        Object source = platform.context().getService(reference);
        Class<?> type = reference.getBundle().loadClass("org.smapp.api.WarningSource");
        List<?> all = (List<?>) type.getMethod("warnings").invoke(source);
        return all.stream().map(String::valueOf).toList();
    }
}
