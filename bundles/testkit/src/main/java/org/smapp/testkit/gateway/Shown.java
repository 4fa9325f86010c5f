package org.smapp.testkit.gateway;

import com.google.gson.annotations.SerializedName;
import java.util.List;

/** What SMAPP shows, as records; the names are those of its JSON. */
public interface Shown {

    /** A connection of {@code smapp connections --json}; {@code token} is unsigned, {@code controller} empty if nobody owns it. */
    record Connection(
            long token,
            String side,
            String state,
            String controller,
            String policy,
            End local,
            End remote,
            boolean backup,
            boolean recovered,
            List<Subflow> subflows,
            List<RemoteAddress> remoteAddresses)
            implements Shown {

        /** Returns the subflows that are established. */
        public List<Subflow> established() {
            return subflows.stream()
                    .filter(each -> each.state().equals("ESTABLISHED"))
                    .toList();
        }

        /** Returns the token as {@code ss} shows it. */
        public String hexToken() {
            return Long.toHexString(token);
        }
    }

    /** One end of a connection. */
    record End(String address, int port) implements Shown {}

    /** An address that the peer has announced; port 0 for the connection's. */
    record RemoteAddress(int id, String address, int port) implements Shown {}

    /** A subflow of a connection. */
    record Subflow(
            String localAddress,
            int localPort,
            String remoteAddress,
            int remotePort,
            int localId,
            int remoteId,
            String state,
            boolean backup,
            @SerializedName("interface") String device)
            implements Shown {

        /** Returns both ends as {@code ss} shows them, such as {@code 10.71.2.2:40000 10.71.9.1:8080}. */
        public String ends() {
            return localAddress + ":" + localPort + " " + remoteAddress + ":" + remotePort;
        }
    }

    /**
     * A controller of {@code smapp controllers --json}, with the number of its connections; {@code quarantined} says why it is taken
     * out of service, empty for one that works.
     */
    record Controller(String name, String version, String bundle, int connections, String quarantined)
            implements Shown {}
}
