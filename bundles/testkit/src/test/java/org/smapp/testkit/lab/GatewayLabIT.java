package org.smapp.testkit.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.smapp.testkit.lab.Link.End;
import org.smapp.testkit.lab.Link.Kind;

@Timeout(120)
class GatewayLabIT {

    private static final String PREFIX = "testkit-gw-" + ProcessHandle.current().pid();
    private static final long BYTES = 16 << 20;

    @ParameterizedTest
    @EnumSource
    void shouldUseBothLinksWithTheKernelsPathManager(Kind kind) throws IOException {
        LabAssumptions.traffic(kind);
        boolean shaped = kind != Kind.VETH;
        Shape first = shaped ? GatewayLab.FIBRE : Shape.UNLIMITED;
        Shape second = shaped ? GatewayLab.LTE : Shape.UNLIMITED;
        try (GatewayLab gateway = GatewayLab.open(Lab.open(PREFIX), kind, first, second)) {
            gateway.useKernelPathManager();
            Served served = serve(gateway, shaped ? BYTES : 8 * BYTES);
            long cpuNanos = cpuNanos();
            Download.Result result = Download.start(gateway.lab(), gateway.gateway(), served.url(GatewayLab.SERVER))
                    .await(Duration.ofSeconds(60));
            cpuNanos = cpuNanos() - cpuNanos;

            assertEquals(served.payload().sha256(), result.sha256());
            long overFibre = GatewayLab.downloadedBytes(gateway.fibre());
            long overLte = GatewayLab.downloadedBytes(gateway.lte());
            System.out.printf(
                    "%s: %.1f Mbit/s in %d ms, fibre %d bytes, lte %d bytes, this process %d ms of CPU%n",
                    gateway.fibre().description(),
                    result.megabitsPerSecond(),
                    result.time().toMillis(),
                    overFibre,
                    overLte,
                    cpuNanos / 1_000_000);
            assertTrue(overFibre > 1 << 20 && overLte > (shaped ? 1 << 20 : 10_000), "both links carry data");
            // How fast it is depends on how busy the machine is; that it is no faster than the lines does not.
            assertTrue(!shaped || result.megabitsPerSecond() < 71, result.megabitsPerSecond() + " Mbit/s of 70");
        }
    }

    private static long cpuNanos() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .orElse(Duration.ZERO)
                .toNanos();
    }

    @Test
    void shouldServeBothFamiliesOverEitherLine() throws IOException {
        LabAssumptions.traffic(Kind.TAP);
        try (GatewayLab gateway = GatewayLab.open(PREFIX)) {
            Served served = serve(gateway, 100_000);
            for (String server : new String[] {GatewayLab.SERVER, GatewayLab.SERVER6}) {
                for (int wan = 1; wan <= 2; wan++) {
                    long before = GatewayLab.downloadedBytes(gateway.links().get(wan - 1));
                    String from = server.contains(":") ? "fd71:" + wan + "::2" : "10.71." + wan + ".2";
                    Download.Result result = Download.start(
                                    gateway.lab(), gateway.gateway(), served.url(server), "--interface", from)
                            .await(Duration.ofSeconds(20));
                    assertEquals(served.payload().sha256(), result.sha256());
                    assertTrue(GatewayLab.downloadedBytes(gateway.links().get(wan - 1)) - before > 100_000);
                }
            }
        }
    }

    @Test
    void shouldTakeTheSecondLineForNewConnectionsWhileTheFirstHasNoCarrier() {
        LabAssumptions.links(Kind.TAP);
        try (GatewayLab gateway = GatewayLab.open(PREFIX)) {
            assertTrue(routeToServer(gateway).contains("dev wan1"));
            gateway.fibre().carrier(End.NEAR, false);
            Deadline.waitFor(
                    "the route moves",
                    Duration.ofSeconds(5),
                    () -> routeToServer(gateway).contains("dev wan2"));
        }
    }

    private static String routeToServer(GatewayLab gateway) {
        return gateway.gateway().run("ip", "route", "get", GatewayLab.SERVER);
    }

    private record Served(WebServer server, Payload payload) {
        String url(String address) {
            return server.url(address, payload.file().getFileName().toString());
        }
    }

    private static Served serve(GatewayLab gateway, long bytes) throws IOException {
        Path root = Files.createDirectory(gateway.lab().directory().resolve("www"));
        Payload payload = Payload.write(root.resolve("file.bin"), bytes, 1);
        return new Served(WebServer.start(gateway.lab(), gateway.server(), root, 8080), payload);
    }
}
