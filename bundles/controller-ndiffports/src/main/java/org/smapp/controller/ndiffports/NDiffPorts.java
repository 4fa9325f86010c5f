package org.smapp.controller.ndiffports;

import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.smapp.api.controller.Connection;
import org.smapp.api.controller.ConnectionHandler;
import org.smapp.api.controller.SubflowController;

/**
 * Several subflows over the addresses that the connection began with, each from another source port: a network that spreads
 * flows over paths by their ports (ECMP, link aggregation) gives the connection more than one of them.
 */
@Component(property = SubflowController.NAME + "=ndiffports", configurationPid = "org.smapp.controller.ndiffports")
@Designate(ocd = NDiffPorts.Settings.class)
public final class NDiffPorts implements SubflowController {

    /** What can be configured. */
    @ObjectClassDefinition(
            name = "SMAPP ndiffports",
            description = "Several subflows over one pair of addresses, from different source ports.")
    @interface Settings {
        @AttributeDefinition(
                name = "Subflows",
                description = "How many subflows a connection is to have over that pair, the initial one included.",
                min = "1",
                max = "32")
        int subflows() default 2;
    }

    /** Lets the service be while its configuration changes: what is set comes with each connection. */
    @Modified
    void configured() {}

    @Override
    public ConnectionHandler manage(Connection connection) {
        return new PortFan(connection).begin();
    }
}
