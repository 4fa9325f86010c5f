package org.smapp.controller.streaming;

import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.smapp.api.controller.Connection;
import org.smapp.api.controller.ConnectionHandler;
import org.smapp.api.controller.SubflowController;

/**
 * Blocks that arrive in time, for an application that sends one every second (SMAPP, CoNEXT 2015, section 4.3): some time
 * after a block has begun it is compared with what the peer has acknowledged, and short of what was expected it gets another
 * line.
 */
@Component(property = SubflowController.NAME + "=streaming", configurationPid = "org.smapp.controller.streaming")
@Designate(ocd = Streaming.Settings.class)
public final class Streaming implements SubflowController {

    /** What can be configured. */
    @ObjectClassDefinition(name = "SMAPP streaming", description = "Another line for a block of data that is late.")
    @interface Settings {
        @AttributeDefinition(
                name = "Block",
                description = "Bytes of a block; with 0, all that is written until the check counts as the block.",
                min = "0",
                max = "1000000000")
        int blockBytes() default 0;

        @AttributeDefinition(
                name = "Pause",
                description = "Milliseconds in which the application writes nothing before it begins a block.",
                min = "50",
                max = "600000")
        int pauseMs() default 250;

        @AttributeDefinition(
                name = "Check",
                description = "Milliseconds after the beginning of a block, when a part of it must have arrived.",
                min = "50",
                max = "600000")
        int checkMs() default 500;

        @AttributeDefinition(
                name = "Expected",
                description = "Percent of the block that must have arrived at the check.",
                min = "1",
                max = "100")
        int expectedPercent() default 50;

        @AttributeDefinition(
                name = "Complete",
                description = "Milliseconds after the beginning of a block, when all of it must have arrived.",
                min = "50",
                max = "600000")
        int completeMs() default 600;

        @AttributeDefinition(
                name = "Time-out",
                description =
                        "The subflow is closed when a retransmission time-out has grown to this many milliseconds.",
                min = "200",
                max = "120000")
        int timeoutMs() default 1_000;
    }

    /** Lets the service be while its configuration changes: what is set comes with each connection. */
    @Modified
    void configured() {}

    @Override
    public ConnectionHandler manage(Connection connection) {
        return new SecondLine(connection).begin();
    }
}
