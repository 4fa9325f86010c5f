package org.smapp.scenarios;

import java.util.ArrayList;
import java.util.List;
import org.smapp.testkit.lab.Host;
import org.smapp.testkit.lab.Lab;

/**
 * The path manager in the kernel, as Linux has it without SMAPP.
 *
 * @param name what tables and plots call it
 * @param endpoints each in the words of {@code ip mptcp endpoint add}
 */
record InKernel(String name, List<List<String>> endpoints) implements PathManager {

    private static final String MOST_SUBFLOWS = "8";

    @Override
    public InCharge start(Lab lab, Host host) {
        host.sysctl("net.mptcp.pm_type", "0");
        host.run("ip", "mptcp", "limits", "set", "subflows", MOST_SUBFLOWS, "add_addr_accepted", MOST_SUBFLOWS);
        host.run("ip", "mptcp", "endpoint", "flush");
        for (List<String> each : endpoints) {
            List<String> command = new ArrayList<>(List.of("ip", "mptcp", "endpoint", "add"));
            command.addAll(each);
            host.run(command.toArray(String[]::new));
        }
        return new InCharge() {
            @Override
            public String lastWords() {
                return host.run("ip", "mptcp", "endpoint", "show");
            }

            @Override
            public void close() {
                host.run("ip", "mptcp", "endpoint", "flush");
            }
        };
    }
}
