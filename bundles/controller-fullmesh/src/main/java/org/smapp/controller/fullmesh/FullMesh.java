package org.smapp.controller.fullmesh;

import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.smapp.api.controller.Connection;
import org.smapp.api.controller.ConnectionHandler;
import org.smapp.api.controller.SubflowController;

/**
 * A subflow for each pair of usable local address and known remote address (SMAPP, CoNEXT 2015, section 4.1). What makes it
 * better than the kernel's full mesh: subflows come back when their line does.
 */
@Component(
        property = SubflowController.NAME + "=fullmesh",
        properties = "OSGI-INF/defaults.properties",
        configurationPid = "org.smapp.controller.fullmesh")
@Designate(ocd = FullMesh.Settings.class)
public final class FullMesh implements SubflowController {

    /** What can be configured. */
    @ObjectClassDefinition(
            name = "SMAPP full mesh",
            description = "A subflow for each pair of usable local address and known remote address.")
    @interface Settings {
        @AttributeDefinition(
                name = "Announce",
                description = "Whether the peer is told of the local addresses that it does not know.",
                defaultValue = "false")
        boolean announce();

        @AttributeDefinition(
                name = "Subflows at most",
                description = "How many subflows a connection may have, the initial one included.",
                defaultValue = "8",
                min = "1",
                max = "255")
        int maxSubflows();

        @AttributeDefinition(
                name = "Server side",
                description = "Whether subflows are also opened towards clients, which seldom listen.",
                defaultValue = "false")
        boolean serverSide();

        @AttributeDefinition(
                name = "Retry after a reset",
                description = "Milliseconds until a pair whose subflow was reset is tried again.",
                min = "100",
                max = "3600000")
        int resetRetryMs() default 1000;

        @AttributeDefinition(
                name = "Retry after a refusal",
                description = "Milliseconds until a pair whose subflow the peer refused is tried again.",
                min = "100",
                max = "3600000")
        int refusedRetryMs() default 30000;

        @AttributeDefinition(
                name = "Retry after a time-out",
                description =
                        "Milliseconds until a pair whose subflow timed out is tried again; doubled each time in a row.",
                min = "100",
                max = "3600000")
        int timeoutRetryMs() default 1000;

        @AttributeDefinition(
                name = "Retry after a time-out, at most",
                description = "Milliseconds that doubling ends at.",
                min = "100",
                max = "3600000")
        int timeoutRetryMostMs() default 60000;

        @AttributeDefinition(
                name = "Retry of the unreachable",
                description =
                        "Milliseconds until an unreachable pair is tried again; doubled each time in a row. An address"
                                + " that becomes usable ends the wait.",
                min = "100",
                max = "3600000")
        int unreachableRetryMs() default 1000;

        @AttributeDefinition(
                name = "Retry of the unreachable, at most",
                description = "Milliseconds that doubling ends at.",
                min = "100",
                max = "3600000")
        int unreachableRetryMostMs() default 120000;

        @AttributeDefinition(
                name = "Attempts",
                description =
                        "How often in a row a pair may fail before it is left alone until its address comes anew.",
                min = "1",
                max = "1000000")
        int attempts() default 50;

        @AttributeDefinition(
                name = "Proven after",
                description = "Milliseconds that a subflow has to live before the failures of its pair are forgotten.",
                min = "0",
                max = "3600000")
        int provenMs() default 10000;

        @AttributeDefinition(
                name = "Stuck after time-outs",
                description =
                        "How many times in a row the retransmission timer of a subflow may expire before it is closed,"
                                + " if another one works, or else replaced by a new one.",
                min = "1",
                max = "100")
        int stuckTimeouts() default 3;
    }

    /** Lets the service be while its configuration changes: what is set comes with each connection. */
    @Modified
    void configured() {}

    @Override
    public ConnectionHandler manage(Connection connection) {
        return new Mesh(connection);
    }
}
