package org.smapp.testkit.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Debian's lighttpd, unmodified, on MPTCP by {@code mptcpize run}, serving a directory over IPv4 and IPv6. Files named *.cgi
 * are run by sh.
 */
public final class WebServer {

    private static final Duration START_LIMIT = Duration.ofSeconds(10);

    private final LabProcess process;
    private final int port;

    private WebServer(LabProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts a server that ends with the lab, and waits until it listens. */
    public static WebServer start(Lab lab, Host host, Path root, int port) {
        String configuration = """
                server.document-root = "%s"
                server.port = %d
                server.modules = ( "mod_cgi" )
                cgi.assign = ( ".cgi" => "/bin/sh" )
                server.stream-request-body = 1
                $SERVER["socket"] == "[::]:%d" { server.use-ipv6 = "enable" }
                """.formatted(root, port, port);
        try {
            Path file = Files.createTempFile(lab.directory(), "lighttpd", ".conf");
            Files.writeString(file, configuration);
            LabProcess process = host.start("mptcpize", "run", "lighttpd", "-D", "-f", file.toString());
            Deadline.waitFor("lighttpd listens", START_LIMIT, () -> listens(host, process, port));
            return new WebServer(process, port);
        } catch (IOException e) {
            throw new LabException("Can't configure lighttpd: " + e.getMessage(), e);
        }
    }

    private static boolean listens(Host host, LabProcess process, int port) {
        if (!process.isRunning()) {
            throw new LabException("lighttpd has ended: " + process.errors().strip());
        }
        String listening = ":%04X 00000000:0000 0A".formatted(port);
        return host.read("/proc/thread-self/net/tcp").contains(listening);
    }

    /** Returns the URL of a file below the root. */
    public String url(String address, String file) {
        return "http://" + (address.contains(":") ? "[" + address + "]" : address) + ":" + port + "/" + file;
    }

    /** Returns the running program. */
    public LabProcess process() {
        return process;
    }
}
