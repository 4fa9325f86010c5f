package org.smapp.itests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.smapp.testkit.lab.Download;
import org.smapp.testkit.lab.GatewayLab;
import org.smapp.testkit.lab.Payload;
import org.smapp.testkit.lab.WebServer;

/** A file on the lab's server, and the gateway's downloads of it. */
final class Traffic implements AutoCloseable {

    private static final int PORT = 8080;

    private final GatewayLab lab;
    private final Payload payload;
    private final WebServer server;

    private Traffic(GatewayLab lab, Payload payload, WebServer server) {
        this.lab = lab;
        this.payload = payload;
        this.server = server;
    }

    static Traffic serve(GatewayLab lab, long bytes) throws IOException {
        Path root = Files.createTempDirectory(lab.lab().directory(), "www");
        Payload payload = Payload.write(root.resolve("file.bin"), bytes, 1);
        return new Traffic(lab, payload, WebServer.start(lab.lab(), lab.server(), root, PORT));
    }

    Download download(String... curlOptions) {
        String url = server.url(GatewayLab.SERVER, payload.file().getFileName().toString());
        return Download.start(lab.lab(), lab.gateway(), url, curlOptions);
    }

    String sha256() {
        return payload.sha256();
    }

    @Override
    public void close() {
        server.process().close();
    }
}
