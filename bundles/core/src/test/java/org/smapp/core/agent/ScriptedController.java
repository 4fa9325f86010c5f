package org.smapp.core.agent;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.osgi.framework.Version;
import org.smapp.api.controller.Connection;
import org.smapp.api.controller.ConnectionHandler;
import org.smapp.api.controller.SubflowController;
import org.smapp.api.event.AddressAnnounced;
import org.smapp.api.event.AddressRemoved;
import org.smapp.api.event.ConnectionEstablished;
import org.smapp.api.event.LocalAddressAdded;
import org.smapp.api.event.LocalAddressRemoved;
import org.smapp.api.event.SubflowClosed;
import org.smapp.api.event.SubflowEstablished;
import org.smapp.api.event.SubflowPriority;
import org.smapp.api.event.SubflowTimeout;

/** A controller that notes what it hears, and does what a test wants. */
final class ScriptedController implements SubflowController {

    private static long services;

    final List<String> heard = new ArrayList<>();
    final List<Connection> connections = new ArrayList<>();
    Consumer<Connection> onManage = connection -> {};
    Consumer<Connection> onEvent = connection -> {};
    Runnable onReleased = () -> {};
    boolean returnsNull;

    private InstalledController installed;

    ScriptedController(String name, String version) {
        installed = new InstalledController(name, Version.parseVersion(version), "test." + name, ++services, this);
    }

    InstalledController installed() {
        return installed;
    }

    void reconfigure() {
        installed = installed.reconfigured(Map.of());
    }

    Connection last() {
        return connections.get(connections.size() - 1);
    }

    @Override
    public ConnectionHandler manage(Connection connection) {
        heard.add("manage " + connection.token());
        connections.add(connection);
        onManage.accept(connection);
        return returnsNull ? null : new Handler(connection);
    }

    private final class Handler implements ConnectionHandler {
        private final Connection connection;

        Handler(Connection connection) {
            this.connection = connection;
        }

        private void hear(String what) {
            heard.add(what + " " + connection.token());
            onEvent.accept(connection);
        }

        @Override
        public void onEstablished(ConnectionEstablished event) {
            hear("established");
        }

        @Override
        public void onAddressAnnounced(AddressAnnounced event) {
            hear("announced");
        }

        @Override
        public void onAddressRemoved(AddressRemoved event) {
            hear("removed");
        }

        @Override
        public void onSubflowEstablished(SubflowEstablished event) {
            hear("subflow");
        }

        @Override
        public void onSubflowClosed(SubflowClosed event) {
            hear("subflow closed");
        }

        @Override
        public void onSubflowPriority(SubflowPriority event) {
            hear("priority");
        }

        @Override
        public void onSubflowTimeout(SubflowTimeout event) {
            hear("timeout");
        }

        @Override
        public void onLocalAddressAdded(LocalAddressAdded event) {
            hear("address");
        }

        @Override
        public void onLocalAddressRemoved(LocalAddressRemoved event) {
            hear("no address");
        }

        @Override
        public void released() {
            heard.add("released " + connection.token());
            onReleased.run();
        }
    }
}
