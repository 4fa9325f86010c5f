package org.smapp.core;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.smapp.core.agent.AgentSettings;

/** What can be configured. */
@ObjectClassDefinition(
        name = "SMAPP core",
        description = "The channel to the kernel's path manager and the dispatch to controllers.")
@interface CoreSettings {
    @AttributeDefinition(
            name = "Event receive buffer",
            description = "Bytes that the kernel may queue for this process before it drops events."
                    + " Without CAP_NET_ADMIN in the first user namespace, net.core.rmem_max limits it.",
            min = "65536",
            max = "268435456")
    int receiveBufferBytes() default 8 * 1024 * 1024;

    @AttributeDefinition(
            name = "Controller grace",
            description = "Milliseconds for which connections wait for the next version of a controller that went,"
                    + " before the next rule decides.",
            min = "0",
            max = "600000")
    long controllerGraceMs() default 10_000;

    @AttributeDefinition(
            name = "Audit interval",
            description = "Milliseconds between two comparisons of the connection table with the kernel; 0 for none.",
            min = "0",
            max = "86400000")
    long auditIntervalMs() default 30_000;

    @AttributeDefinition(
            name = "Slow call",
            description = "Milliseconds after which the log warns of a controller that does not return.",
            min = "1",
            max = "60000")
    long slowCallMs() default AgentSettings.SLOW_CALL_MS;

    @AttributeDefinition(
            name = "Stuck call",
            description = "Milliseconds after which a controller that does not return is taken out of service.",
            min = "10",
            max = "600000")
    long stuckCallMs() default AgentSettings.STUCK_CALL_MS;

    @AttributeDefinition(
            name = "Commands per second",
            description = "How many commands a controller may give for one connection in one second before it is"
                    + " taken out of service.",
            min = "1",
            max = "1000000")
    int commandsPerSecond() default AgentSettings.COMMANDS_PER_SECOND;

    @AttributeDefinition(
            name = "Included interfaces",
            description = "Shell patterns of the interfaces that subflows may use, such as wan*; none for all.")
    String[] includedInterfaces() default {};

    @AttributeDefinition(
            name = "Excluded interfaces",
            description = "Shell patterns of interfaces that subflows never use, such as docker*.")
    String[] excludedInterfaces() default {};

    @AttributeDefinition(
            name = "Loopback addresses",
            description = "Whether subflows may use addresses that never leave this host.")
    boolean loopbackAddresses() default false;

    @AttributeDefinition(
            name = "Link-local addresses",
            description = "Whether subflows may use addresses that never leave their link.")
    boolean linkLocalAddresses() default false;

    @AttributeDefinition(
            name = "Default route needed",
            description = "Whether an address is left out if packets from it find no default route at all, so that they"
                    + " reach only neighbours. A default route that they find must lead out of the address's"
                    + " interface in any case.")
    boolean needsDefaultRoute() default false;

    @AttributeDefinition(
            name = "Publish queue",
            description = "Events that may wait for Event Admin handlers before further ones are dropped.",
            min = "16",
            max = "65536")
    int publishQueue() default 16_384;

    @AttributeDefinition(
            name = "Journal entries",
            description = "Decisions that are kept in memory.",
            min = "1",
            max = "50000")
    int journalEntries() default 2_000;

    @AttributeDefinition(
            name = "Give back",
            description = "Whether an orderly stop gives the namespace back to the in-kernel path manager,"
                    + " if it was taken from it.")
    boolean giveBack() default true;

    @AttributeDefinition(
            name = "Take back",
            description =
                    "Whether new connections are taken back, at most once a minute, when somebody gives them to the"
                            + " in-kernel path manager (net.mptcp.pm_type = 0) while SMAPP runs.")
    boolean takeBack() default true;
}
