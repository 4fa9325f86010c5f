package org.smapp.testkit.lab;

import java.util.ArrayList;
import java.util.List;

/** An interface of a host: what a cable is plugged into. */
record Plug(Host host, String device) {

    void up() {
        set("up");
    }

    void down() {
        set("down");
    }

    /** Changes the interface, in the words of {@code ip link set}. */
    void set(String... change) {
        List<String> command = new ArrayList<>(List.of("ip", "link", "set", device));
        command.addAll(List.of(change));
        host.run(command.toArray(String[]::new));
    }
}
