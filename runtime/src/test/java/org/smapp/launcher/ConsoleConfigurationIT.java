package org.smapp.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is saved in the web console is in the file, or is refused with the reason. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class ConsoleConfigurationIT {

    private static final int SAVED = 302;
    private static final int REFUSED = 400;
    private static final String NEW = "%5BTemporary%20PID%20replaced%20by%20real%20PID%20upon%20save%5D";

    @TempDir
    private Path data;

    private Path folder;
    private RunningPlatform platform;

    @BeforeEach
    void start() throws IOException, StartException {
        folder = Files.createDirectories(data.resolve("etc"));
        Files.writeString(folder.resolve("org.smapp.core.cfg"), "# Ours.\n#controllerGraceMs = 10000\n");
        platform = RunningPlatform.start(data, Set.of("base", "smapp", "console"));
    }

    @AfterEach
    void stop() {
        platform.close();
    }

    @Test
    void shouldSaveIntoTheFile() throws IOException, InterruptedException {
        HttpResponse<String> answer = save("org.smapp.core", "controllerGraceMs=4000&propertylist=controllerGraceMs");

        assertEquals(SAVED, answer.statusCode(), answer.body());
        assertEquals("# Ours.\ncontrollerGraceMs = 4000\n", Files.readString(folder.resolve("org.smapp.core.cfg")));
    }

    @Test
    void shouldRefuseWhatIsWrongAndSayWhy() throws IOException, InterruptedException {
        HttpResponse<String> answer = save("org.smapp.core", "stuckCallMs=0&propertylist=stuckCallMs");

        assertEquals(REFUSED, answer.statusCode(), answer.body());
        assertTrue(answer.body().contains("is not a whole number from 10 to 600000"), answer.body());
        ConfigurationAdminCalls admin = new ConfigurationAdminCalls(platform.context());
        assertEquals(null, admin.value("org.smapp.core", "stuckCallMs"));
        assertEquals(List.of(), admin.problems());
    }

    @Test
    void shouldGiveANewRuleAFile() throws IOException, InterruptedException {
        HttpResponse<String> answer = save(
                NEW,
                "factoryPid=org.smapp.rule&controller=fullmesh&remotePorts=443&propertylist=controller,remotePorts");

        assertEquals(SAVED, answer.statusCode(), answer.body());
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> rules = files.filter(each -> each.toString().contains("org.smapp.rule-"))
                    .toList();
            assertEquals(1, rules.size());
            assertEquals("controller = fullmesh\nremotePorts = [ \"443\" ]\n", Files.readString(rules.get(0)));
        }
    }

    private HttpResponse<String> save(String pid, String form) throws IOException, InterruptedException {
        String credentials = "admin:" + platform.consolePassword();
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(platform.settings().consoleUrl().orElseThrow() + "/configMgr/" + pid))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)))
                .POST(HttpRequest.BodyPublishers.ofString(
                        "apply=true&action=ajaxConfigManager&%24location=%3F&" + form))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }
}
