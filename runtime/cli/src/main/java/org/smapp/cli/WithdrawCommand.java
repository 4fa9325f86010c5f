package org.smapp.cli;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "withdraw",
        description = {
            "Tells the peer that an address is gone (REMOVE_ADDR).",
            "The peer closes the subflows that use it."
        },
        footerHeading = "%nExamples:%n",
        footer = "  smapp withdraw fbdb7365 3")
final class WithdrawCommand extends SubmitCommand {

    @Parameters(
            index = "1",
            paramLabel = "ID",
            description = "The address id, 0 to 255. \"smapp connection TOKEN\" shows those of the subflows.")
    private int id;

    @Override
    void fill(Fields connection, Map<String, Object> request) {
        request.put("localId", id);
    }
}
