package org.smapp.cli;

import picocli.CommandLine.Command;

@Command(
        name = "addresses",
        description = "Lists this host's addresses over which subflows can be opened now.",
        footerHeading = "%nExamples:%n",
        footer = {"  smapp addresses", "  smapp addresses --json | jq -r '.[].interface'"})
final class AddressesCommand extends ViewCommand {

    @Override
    String ask(Daemon daemon) throws Failure {
        return daemon.ask(Daemon.request("addresses"));
    }

    @Override
    void show(String answer) throws Failure {
        Table table = new Table("ADDRESS", "INTERFACE", "INDEX");
        Json.forEach(
                answer,
                address -> table.row(
                        address.text("address") + "/" + address.text("prefixLength"),
                        address.text("interface"),
                        address.text("interfaceIndex")));
        print(table, "No usable addresses: no link is up with carrier and an address.");
    }
}
