package org.smapp.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A web server in the lab's server and requests from its client, each on a connection of its own. For one thread. */
final class Traffic {

    private static final int PORT = 8080;
    private static final String OBJECT = "object";
    private static final long START_LIMIT_S = 10;
    private static final String REQUEST_LIMIT_S = "30";

    private final Children children;
    private final TwoPathLab lab;
    private final int objectBytes;

    Traffic(Children children, TwoPathLab lab, int objectKb) {
        this.children = children;
        this.lab = lab;
        this.objectBytes = objectKb * 1024;
    }

    /** Starts the server; it ends with {@link Children}. */
    void serve(Path scratch) throws IOException, InterruptedException {
        Path documents = Files.createDirectory(scratch.resolve("documents"));
        Files.write(documents.resolve(OBJECT), new byte[objectBytes]);
        Path configuration = Files.writeString(
                scratch.resolve("lighttpd.conf"),
                "server.document-root = \"" + documents + "\"\nserver.port = " + PORT + "\n");
        List<String> command =
                List.of(lab.inServer("mptcpize", "run", "lighttpd", "-D", "-f", configuration.toString()));
        children.startUntil(command, line -> line.contains("server started"), START_LIMIT_S);
    }

    /** Fetches the object once; what it costs to start the programs passes before the connection's first packet. */
    void request() throws IOException, InterruptedException {
        String received = children.run(lab.inClient(
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
                "http://" + TwoPathLab.SERVER_ADDRESS + ":" + PORT + "/" + OBJECT));
        if (!received.equals(Integer.toString(objectBytes))) {
            throw new IOException("curl received " + received + " bytes of " + objectBytes);
        }
    }
}
