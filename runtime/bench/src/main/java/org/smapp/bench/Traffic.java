package org.smapp.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.smapp.testkit.lab.Host;
import org.smapp.testkit.lab.LabException;
import org.smapp.testkit.lab.WebServer;

/** A web server in the lab's server and requests from its client, each on a connection of its own. For one thread. */
final class Traffic {

    private static final int PORT = 8080;
    private static final String OBJECT = "object";
    private static final String REQUEST_LIMIT_S = "30";

    private final Host client;
    private final String url;
    private final int objectBytes;

    private Traffic(Host client, String url, int objectBytes) {
        this.client = client;
        this.url = url;
        this.objectBytes = objectBytes;
    }

    /** Starts the server; it ends with the lab. */
    static Traffic start(TwoPathLab lab, int objectKb) throws IOException {
        Path documents = Files.createDirectory(lab.lab().directory().resolve("documents"));
        Files.write(documents.resolve(OBJECT), new byte[objectKb * 1024]);
        WebServer server = WebServer.start(lab.lab(), lab.server(), documents, PORT);
        return new Traffic(lab.client(), server.url(TwoPathLab.SERVER_ADDRESS, OBJECT), objectKb * 1024);
    }

    /** Fetches the object once; what it costs to start the programs passes before the connection's first packet. */
    void request() {
        String received = client.run(
                "mptcpize",
                "run",
                "curl",
                "--silent",
                "--show-error",
                "--fail",
                "--noproxy",
                "*",
                "--max-time",
                REQUEST_LIMIT_S,
                "--output",
                "/dev/null",
                "--write-out",
                "%{size_download}",
                url);
        if (!received.equals(Integer.toString(objectBytes))) {
            throw new LabException("curl received " + received + " bytes of " + objectBytes);
        }
    }
}
