package org.smapp.cli;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "addresses",
        description = "Lists this host's addresses that subflows can use now.",
        footerHeading = "%nExamples:%n",
        footer = {"  smapp addresses", "  smapp addresses --all", "  smapp addresses --json | jq -r '.[].interface'"})
final class AddressesCommand extends ViewCommand {

    @Option(
            names = "--all",
            description = {
                "List all addresses of this host, why some can't be used, and to which addresses of",
                "peers the others carry nothing."
            })
    private boolean all;

    @Override
    String ask(Daemon daemon) throws Failure {
        Map<String, Object> request = Daemon.request("addresses");
        if (all) {
            request.put("all", true);
        }
        return daemon.ask(request);
    }

    @Override
    void show(String answer) throws Failure {
        Table table =
                all ? new Table("ADDRESS", "INTERFACE", "INDEX", "USABLE") : new Table("ADDRESS", "INTERFACE", "INDEX");
        TroubleTable troubles = new TroubleTable();
        Json.forEach(answer, address -> {
            table.row(row(address));
            troubles.add(address.list("troubles"));
        });
        print(table, "No usable addresses: `smapp addresses --all` says why.");
        troubles.print(out());
    }

    private String[] row(Fields address) {
        String text = address.text("address") + "/" + address.text("prefixLength");
        String device = address.text("interface");
        String index = address.text("interfaceIndex");
        if (!all) {
            return new String[] {text, device, index};
        }
        return new String[] {text, device, index, address.flag("usable") ? "yes" : "no: " + address.text("obstacle")};
    }
}
