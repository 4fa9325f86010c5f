package org.smapp.controller.flowlb;

import java.time.Duration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.smapp.api.controller.Connection;
import org.smapp.api.controller.ConnectionHandler;
import org.smapp.api.controller.SubflowController;

/**
 * All paths of a network that spreads flows by their ports (SMAPP, CoNEXT 2015, section 4.4). Random ports leave paths unused:
 * five subflows use all of four paths once in four times. So the slowest one, which shares its path, is given another port
 * now and then, until all do equally well or it does not help any more.
 */
@Component(property = SubflowController.NAME + "=flowlb", configurationPid = "org.smapp.controller.flowlb")
@Designate(ocd = FlowLb.Settings.class)
public final class FlowLb implements SubflowController {

    /** What can be configured. */
    @ObjectClassDefinition(
            name = "SMAPP flow load balancing",
            description =
                    "Several subflows over one pair of addresses; the slowest is replaced by one from another port.")
    @interface Settings {
        @AttributeDefinition(
                name = "Subflows",
                description = "How many subflows a connection begins with, the initial one included.",
                min = "2",
                max = "32")
        int subflows() default 5;

        @AttributeDefinition(
                name = "Subflows at most",
                description =
                        "How many subflows it may have once their rates differ. A peer with Linux's own path manager"
                                + " takes 8 at most.",
                min = "2",
                max = "32")
        int mostSubflows() default 8;

        @AttributeDefinition(
                name = "Refresh",
                description = "Milliseconds over which the subflows' rates are compared; four times as many after each"
                        + " replacement that brought nothing.",
                min = "250",
                max = "600000")
        int refreshMs() default 2_500;

        @AttributeDefinition(
                name = "Slow",
                description = "Percent of the fastest subflow's rate below which the slowest is replaced.",
                min = "1",
                max = "100")
        int slowPercent() default 70;
    }

    private volatile Settings settings;

    /** Takes the settings. */
    @Activate
    @Modified
    void configure(Settings next) {
        settings = next;
    }

    @Override
    public ConnectionHandler manage(Connection connection) {
        Settings now = settings;
        return new FlowSpread(connection, now.subflows(), now.mostSubflows(), new Rates(now.slowPercent()))
                .begin(Duration.ofMillis(now.refreshMs()).dividedBy(Rates.LOOKS));
    }
}
