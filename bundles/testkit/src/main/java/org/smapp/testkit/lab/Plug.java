package org.smapp.testkit.lab;

/** An interface of a host: what a cable is plugged into. */
record Plug(Host host, String device) {

    void up() {
        host.run("ip", "link", "set", device, "up");
    }

    void down() {
        host.run("ip", "link", "set", device, "down");
    }
}
