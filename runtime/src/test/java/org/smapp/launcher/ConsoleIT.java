package org.smapp.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The web console answers those who know its password, to pages of its own. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class ConsoleIT {

    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    @TempDir
    private Path data;

    private final HttpClient client = HttpClient.newHttpClient();
    private RunningPlatform platform;

    @BeforeEach
    void start() throws IOException, StartException {
        platform = RunningPlatform.start(data, Set.of("base", "console"));
    }

    @AfterEach
    void stop() {
        platform.close();
    }

    @Test
    void shouldAskForThePassword() throws IOException, InterruptedException {
        assertEquals(UNAUTHORIZED, status(bundles()));
        assertEquals(UNAUTHORIZED, status(authorized("admin")), "the web console's own default");
        assertEquals(OK, status(authorized(platform.consolePassword())));
    }

    @Test
    void shouldTakeCommandsFromItsOwnPagesOnly() throws IOException, InterruptedException {
        String own = "http://127.0.0.1:" + platform.settings().httpPort().getAsInt();

        assertEquals(OK, status(refresh().header("Origin", own)));
        assertEquals(FORBIDDEN, status(refresh().header("Origin", "http://evil.example")));
    }

    private HttpRequest.Builder refresh() {
        return authorized(platform.consolePassword())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("action=refreshPackages"));
    }

    private HttpRequest.Builder authorized(String password) {
        String credentials = "admin:" + password;
        return bundles()
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
    }

    private HttpRequest.Builder bundles() {
        return HttpRequest.newBuilder(
                URI.create(platform.settings().consoleUrl().orElseThrow() + "/bundles"));
    }

    private int status(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.discarding()).statusCode();
    }
}
