package org.smapp.controller.fullmesh;

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
        return new Mesh(connection, settings).begin();
    }
}
