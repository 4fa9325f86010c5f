package org.smapp.controller.backup;

import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.smapp.api.controller.Connection;
import org.smapp.api.controller.ConnectionHandler;
import org.smapp.api.controller.SubflowController;

/**
 * One line at a time, for a second one that costs money (SMAPP, CoNEXT 2015, section 4.2): the next line in the order of
 * preference is opened only when the one in use fails, and left again when a better one has been good for a while.
 */
@Component(property = SubflowController.NAME + "=backup", configurationPid = "org.smapp.controller.backup")
@Designate(ocd = Backup.Settings.class)
public final class Backup implements SubflowController {

    /** What can be configured. */
    @ObjectClassDefinition(
            name = "SMAPP backup",
            description = "One line at a time; the next one is opened only when the one in use fails.")
    @interface Settings {
        @AttributeDefinition(
                name = "Preference",
                description =
                        "Shell patterns of interfaces, the preferred first, such as eth* and wwan0. Those that none"
                                + " fits come last: first the one that the connection began on.")
        String[] preference() default {};

        @AttributeDefinition(
                name = "Standby",
                description =
                        "Whether the next line is opened in advance and marked as backup: quicker, and it costs the"
                                + " bytes of a handshake for each connection.")
        boolean standby() default false;

        @AttributeDefinition(
                name = "Time-out",
                description =
                        "Milliseconds that a retransmission time-out may grow to before the line counts as failed.",
                min = "200",
                max = "120000")
        int timeoutMs() default 1_000;

        @AttributeDefinition(
                name = "Silence",
                description =
                        "Milliseconds without any acknowledgement, besides the round-trip time, after which the line"
                                + " counts as failed.",
                min = "100",
                max = "120000")
        int silenceMs() default 250;

        @AttributeDefinition(
                name = "Loss",
                description = "Percent of the bytes sent again within half a second, from which on the line counts as"
                        + " failed if it also delivers less than half of what it did.",
                min = "1",
                max = "100")
        int lossPercent() default 15;

        @AttributeDefinition(
                name = "Hold",
                description = "Milliseconds for which a better line is left alone before it is tried; it is used again"
                        + " once it has passed five trials in a row, one each second.",
                min = "1000",
                max = "3600000")
        int holdMs() default 10_000;
    }

    /** Lets the service be while its configuration changes: what is set comes with each connection. */
    @Modified
    void configured() {}

    @Override
    public ConnectionHandler manage(Connection connection) {
        return new Failover(connection).begin();
    }
}
