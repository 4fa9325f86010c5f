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
                        "Shell patterns of interfaces, the preferred first, such as eth* and wwan0. Interfaces that fit"
                                + " none come last, with the one that the connection began on before the others.")
        String[] preference() default {};

        @AttributeDefinition(
                name = "Standby",
                description =
                        "Whether a subflow over the next line is opened in advance and marked as backup. Moving there"
                                + " is quicker then; it costs the bytes of a handshake for each connection.")
        boolean standby() default false;

        @AttributeDefinition(
                name = "Time-out",
                description =
                        "The line counts as failed when a retransmission time-out has grown to this many milliseconds.",
                min = "200",
                max = "120000")
        int timeoutMs() default 1_000;

        @AttributeDefinition(
                name = "Silence",
                description =
                        "The line counts as failed when it has brought no acknowledgement for this many milliseconds"
                                + " plus one round-trip time.",
                min = "100",
                max = "120000")
        int silenceMs() default 250;

        @AttributeDefinition(
                name = "Loss",
                description =
                        "The line counts as failed when at least this percentage of the bytes sent within half a second"
                                + " are sent again, and it delivers less than half of what it did before.",
                min = "1",
                max = "100")
        int lossPercent() default 15;

        @AttributeDefinition(
                name = "Hold",
                description =
                        "Milliseconds to wait before a better line is tried. It is used again when it has passed five"
                                + " trials in a row, one each second.",
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
