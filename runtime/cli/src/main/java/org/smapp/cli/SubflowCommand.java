package org.smapp.cli;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "subflow",
        mixinStandardHelpOptions = true,
        versionProvider = Smapp.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "Creates or destroys a subflow, or marks it as backup.",
        subcommands = {SubflowCommand.Create.class, SubflowCommand.Destroy.class, SubflowCommand.Backup.class},
        footerHeading = "%nExamples:%n",
        footer = {
            "  smapp subflow create fbdb7365 --local 10.0.2.1",
            "  smapp subflow destroy fbdb7365 --local 10.0.2.1",
            "  smapp subflow backup fbdb7365 --local 10.0.2.1 --off"
        })
final class SubflowCommand {

    @Command(
            name = "create",
            description = "Opens another subflow of a connection.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  smapp subflow create fbdb7365 --local 10.0.2.1",
                "  smapp subflow create fbdb7365 --local 10.0.2.1 --backup --interface wan1"
            })
    static final class Create extends SubmitCommand {

        @Option(
                names = "--local",
                required = true,
                paramLabel = "ADDRESS[:PORT]",
                converter = Endpoint.Converter.class,
                description = "This host's end. Without a port, the kernel chooses one.")
        private Endpoint local;

        @Option(
                names = "--remote",
                paramLabel = "ADDRESS[:PORT]",
                converter = Endpoint.Converter.class,
                description = "The peer's end. Default: the one that the connection began with; its port, too.")
        private Endpoint remote;

        @Option(names = "--backup", description = "Ask the peer to use it only when no other subflow works.")
        private boolean backup;

        @Option(
                names = "--interface",
                paramLabel = "NAME",
                description = "Bind it to an interface. Default: routing decides.")
        private String interfaceName;

        @Option(
                names = "--id",
                paramLabel = "ID",
                description = "The local address id, 0 to 255. Default: the one that belongs to the address.")
        private Integer id;

        @Override
        void fill(Fields connection, Map<String, Object> request) {
            Fields began = connection.object("remote");
            request.put("localAddress", local.address());
            request.put("localPort", local.port());
            request.put("remoteAddress", remote == null ? began.text("address") : remote.address());
            request.put("remotePort", remote == null || remote.port() == 0 ? began.number("port") : remote.port());
            request.put("backup", backup);
            if (interfaceName != null) {
                request.put("interface", interfaceName);
            }
            if (id != null) {
                request.put("localId", id);
            }
        }
    }

    @Command(
            name = "destroy",
            description = "Closes a subflow of a connection. Its data goes over the others.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  smapp subflow destroy fbdb7365 --local 10.0.2.1",
                "  smapp subflow destroy fbdb7365 --local 10.0.2.1:40001 --remote 10.0.9.2:80"
            })
    static final class Destroy extends SubmitCommand {

        @Mixin
        private SubflowChoice choice;

        @Override
        void fill(Fields connection, Map<String, Object> request) throws Failure {
            checkChosen(choice);
            choice.put(connection, request);
        }
    }

    @Command(
            name = "backup",
            description = "Marks a subflow as backup, here and at the peer, or as one that is not.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  smapp subflow backup fbdb7365 --local 10.0.2.1",
                "  smapp subflow backup fbdb7365 --local 10.0.2.1 --off"
            })
    static final class Backup extends SubmitCommand {

        @Mixin
        private SubflowChoice choice;

        @Option(names = "--off", description = "Take the mark away.")
        private boolean off;

        @Override
        String command() {
            return "setBackup";
        }

        @Override
        void fill(Fields connection, Map<String, Object> request) throws Failure {
            checkChosen(choice);
            choice.put(connection, request);
            request.put("backup", !off);
        }
    }
}
