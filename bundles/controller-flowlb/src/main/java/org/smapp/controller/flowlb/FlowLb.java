package org.smapp.controller.flowlb;

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
 * five subflows use all of four paths once in four times. So there are more while there is much to send, and those that share a
 * path with a faster one are taken out of use and given other ports.
 */
@Component(property = SubflowController.NAME + "=flowlb", configurationPid = "org.smapp.controller.flowlb")
@Designate(ocd = FlowLb.Settings.class)
public final class FlowLb implements SubflowController {

    /** What can be configured. */
    @ObjectClassDefinition(
            name = "SMAPP flow load balancing",
            description = "Several subflows over one pair of addresses; those that share a path are given other ports.")
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
                        "How many subflows it may have once it has been sending without a pause. A peer with Linux's own path"
                                + " manager takes 8 besides the initial one, at most.",
                min = "2",
                max = "32")
        int mostSubflows() default 9;

        @AttributeDefinition(
                name = "Refresh",
                description =
                        "Milliseconds over which the subflows' round-trip times are compared. From the fourth time on,"
                                + " those that share a path are replaced only after ten times as long, then after a hundred times.",
                min = "250",
                max = "600000")
        int refreshMs() default 2_500;
    }

    /** Lets the service be while its configuration changes: what is set comes with each connection. */
    @Modified
    void configured() {}

    @Override
    public ConnectionHandler manage(Connection connection) {
        return new FlowSpread(connection).begin();
    }
}
