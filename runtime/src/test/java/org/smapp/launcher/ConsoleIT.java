package org.smapp.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
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
    void shouldForbidFramesAndGuessesAboutContent() throws IOException, InterruptedException {
        HttpHeaders headers =
                client.send(bundles().build(), BodyHandlers.discarding()).headers();

        assertEquals(
                "frame-ancestors 'none'",
                headers.firstValue("Content-Security-Policy").orElse(""));
        assertEquals("nosniff", headers.firstValue("X-Content-Type-Options").orElse(""));
        assertEquals("no-referrer", headers.firstValue("Referrer-Policy").orElse(""));
    }

    @Test
    void shouldServeTheOperatorWhileOthersSendHalfRequests() throws IOException, InterruptedException {
        List<Socket> others = new ArrayList<>();
        try {
            for (int i = 0; i < 500; i++) {
                Socket half =
                        new Socket("127.0.0.1", platform.settings().httpPort().getAsInt());
                half.setSoTimeout(30_000);
                half.getOutputStream()
                        .write("GET /system/console HTTP/1.1\r\nX: a".getBytes(StandardCharsets.US_ASCII));
                others.add(half);
            }
            assertEquals(OK, status(authorized(platform.consolePassword())));
            assertEquals(-1, others.get(0).getInputStream().read(), "made room");
            assertEquals(-1, others.get(499).getInputStream().read(), "sent away after some seconds");
        } finally {
            for (Socket each : others) {
                each.close();
            }
        }
    }

    @Test
    void shouldLetTheRightPasswordInWhileOthersGuess() throws IOException, InterruptedException {
        List<CompletableFuture<HttpResponse<Void>>> guesses = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            guesses.add(client.sendAsync(authorized("guess" + i).build(), BodyHandlers.discarding()));
        }
        assertEquals(OK, status(authorized(platform.consolePassword())));
        for (CompletableFuture<HttpResponse<Void>> each : guesses) {
            assertEquals(UNAUTHORIZED, each.join().statusCode());
        }
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
