package org.smapp.pmnlctl;

import java.io.IOException;
import org.smapp.linux.Linux;
import org.smapp.linux.NativeLinux;

/**
 * The command line of the kernel's own path-manager test tool, on SMAPP's code: the kernel's tests can drive it, and judge it.
 * The system property {@code smapp.program} is the name that errors begin with.
 */
public final class PmNlCtl {

    private static final String USAGE = """
            Usage: %s COMMAND
              add IP [flags signal|subflow|laminar|backup|fullmesh[,...]] [id N] [dev NAME] [port N]
              del N [IP]
              get N [token T]
              dump [token T]
              flush
              limits [ADDRESSES SUBFLOWS]
              set IP|id N flags [no]backup|[no]fullmesh[,...] [port N] [token T] [rip IP] [rport N]
              ann IP id N token T [port N] [dev NAME]
              rem id N token T
              csf lip IP lid N rip IP rport N token T
              dsf lip IP lport N rip IP rport N token T
              events
              listen IP PORT
            """;

    private PmNlCtl() {}

    /** Carries out one command. Exit code 0 for success and for a wrong usage, 1 for everything else. */
    public static void main(String[] words) throws InterruptedException {
        System.exit(run(words));
    }

    static int run(String... words) throws InterruptedException {
        String program = System.getProperty("smapp.program", "pm_nl_ctl");
        try {
            if (words.length == 0) {
                throw Stop.usage();
            }
            Linux linux = NativeLinux.load();
            command(new Kernel(linux), words[0], words);
            return 0;
        } catch (Stop e) {
            Output.error(e.isUsage() ? String.format(USAGE, program) : program + ": " + e.getMessage() + "\n");
            return e.isUsage() ? 0 : 1;
        } catch (IOException e) {
            Output.error(program + ": " + e.getMessage() + "\n");
            return 1;
        }
    }

    private static void command(Kernel kernel, String name, String... words) throws IOException, InterruptedException {
        Arguments arguments = new Arguments(words);
        arguments.next();
        Interfaces interfaces = new Interfaces(kernel.linux());
        switch (name) {
            case "events" -> new Watching().events(kernel);
            case "listen" -> new Watching().listen(kernel.linux(), arguments);
            case "ann" -> new ConnectionCommands(kernel, interfaces).announce(arguments);
            case "rem" -> new ConnectionCommands(kernel, interfaces).remove(arguments);
            case "csf" -> new ConnectionCommands(kernel, interfaces).createSubflow(arguments);
            case "dsf" -> new ConnectionCommands(kernel, interfaces).destroySubflow(arguments);
            case "set" -> new ConnectionCommands(kernel, interfaces).setFlags(arguments);
            case "add" -> new EndpointCommands(kernel, interfaces).add(arguments);
            case "del" -> new EndpointCommands(kernel, interfaces).delete(arguments);
            case "get" -> new EndpointCommands(kernel, interfaces).get(arguments);
            case "dump" -> new EndpointCommands(kernel, interfaces).dump(arguments);
            case "flush" -> new EndpointCommands(kernel, interfaces).flush();
            case "limits" -> new EndpointCommands(kernel, interfaces).limits(arguments);
            default -> {
                Output.error("unknown sub-command: " + name);
                throw Stop.usage();
            }
        }
    }
}
