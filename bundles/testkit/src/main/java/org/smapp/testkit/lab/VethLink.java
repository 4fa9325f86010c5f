package org.smapp.testkit.lab;

import java.util.EnumMap;
import java.util.Map;

/** A link inside the kernel: a veth pair, with a queueing discipline at each end when it is shaped. */
final class VethLink implements Link {

    private final String name;
    private final Map<End, Plug> plugs;
    private final Map<End, Shape> shapes = new EnumMap<>(Map.of(End.NEAR, Shape.UNLIMITED, End.FAR, Shape.UNLIMITED));
    private final KernelShaper shaper; // null: not shaped
    private boolean closed;

    private VethLink(String name, Map<End, Plug> plugs, KernelShaper shaper) {
        this.name = name;
        this.plugs = plugs;
        this.shaper = shaper;
    }

    static VethLink plain(String name, Map<End, Plug> plugs, Shape shape) {
        if (!shape.equals(Shape.UNLIMITED)) {
            throw new LabException(
                    "Link " + name + " is to be a plain veth, which can't be shaped: choose another kind");
        }
        connect(plugs);
        return new VethLink(name, plugs, null);
    }

    static VethLink shaped(String name, Map<End, Plug> plugs, Shape shape) {
        connect(plugs);
        VethLink link = new VethLink(name, plugs, KernelShaper.find(plugs.get(End.NEAR)));
        for (End from : End.values()) {
            link.apply(from, shape);
        }
        return link;
    }

    private static void connect(Map<End, Plug> plugs) {
        Plug near = plugs.get(End.NEAR);
        Plug far = plugs.get(End.FAR);
        String farNamespace = far.host().namespace().file().getFileName().toString();
        near.host()
                .run("ip", "link", "add", near.device(), "type", "veth", "peer", far.device(), "netns", farNamespace);
        near.up();
        far.up();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String description() {
        return shaper == null ? "veth" : "veth, " + shaper.description();
    }

    @Override
    public Host host(End end) {
        return plugs.get(end).host();
    }

    @Override
    public String device(End end) {
        return plugs.get(end).device();
    }

    @Override
    public synchronized Shape shape(End from) {
        return shapes.get(from);
    }

    @Override
    public synchronized void shape(End from, Shape shape) {
        if (shaper == null) {
            throw new LabException("Link " + name + " is a plain veth, which can't be shaped: make it of another kind");
        }
        if (!shaper.delaysAndLoses() && shape.loss() > 0) {
            throw new LabException("Link " + name + " can't lose frames: this kernel has no netem, so use a TAP link");
        }
        apply(from, shape);
    }

    private synchronized void apply(End from, Shape shape) {
        shaper.apply(plugs.get(from), shape);
        shapes.put(from, shape);
    }

    /** A veth has its carrier from its peer being up. */
    @Override
    public synchronized void carrier(End end, boolean on) {
        Plug peer = plugs.get(end.other());
        if (on) {
            peer.up();
        } else {
            peer.down();
        }
    }

    /** Counts frames and bytes; the kernel doesn't tell the rest. */
    @Override
    public Counters counters(End from) {
        Plug receiver = plugs.get(from.other());
        String line = receiver.host()
                .read("/proc/thread-self/net/dev")
                .lines()
                .map(String::strip)
                .filter(row -> row.startsWith(receiver.device() + ":"))
                .findFirst()
                .orElseThrow(() -> new LabException("Link " + name + " has lost " + receiver.device()));
        String[] received = line.substring(line.indexOf(':') + 1).strip().split("\\s+");
        return new Counters(Long.parseLong(received[1]), Long.parseLong(received[0]), 0, 0, 0);
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            plugs.get(End.NEAR).host().run("ip", "link", "del", device(End.NEAR));
        }
    }
}
