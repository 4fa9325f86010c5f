package org.smapp.testkit.lab;

import java.util.EnumMap;
import java.util.Map;
import org.smapp.linux.Linux;
import org.smapp.linux.LinuxException;
import org.smapp.linux.TapDevice;

/** A link that this process carries frame by frame between two TAP devices. */
final class TapLink implements Link {

    /** The device's own queue, so long that only the model drops frames, even when the loop is late. */
    private static final int FRAMES_TO_READ = 10_000;

    private final String name;
    private final WireLoop loop;
    private final Map<End, Plug> plugs;
    private final Map<End, TapDevice> taps = new EnumMap<>(End.class);
    private final Map<End, TapWire> wires = new EnumMap<>(End.class); // by the sending end; the loop's
    private final Map<End, Boolean> carriers = new EnumMap<>(Map.of(End.NEAR, true, End.FAR, true)); // the loop's
    private boolean closed; // the loop's

    TapLink(String name, Map<End, Plug> plugs, Shape shape, long seed, Linux linux, WireLoop loop) {
        this.name = name;
        this.plugs = plugs;
        this.loop = loop;
        try {
            for (End end : End.values()) {
                taps.put(end, openTap(linux, plugs.get(end)));
            }
        } catch (LinuxException e) {
            taps.values().forEach(TapDevice::close);
            throw new LabException("Can't make TAP link " + name + ": " + e.getMessage(), e);
        }
        loop.run(now -> {
            for (End from : End.values()) {
                WireModel model = new WireModel(shape, seed + from.ordinal());
                TapWire wire = new TapWire(taps.get(from), taps.get(from.other()), model, loop.pool());
                wires.put(from, wire);
                loop.add(wire);
            }
        });
        plugs.values().forEach(plug -> {
            plug.set("txqueuelen", Integer.toString(FRAMES_TO_READ));
            plug.up();
        });
    }

    private static TapDevice openTap(Linux linux, Plug plug) throws LinuxException {
        return linux.openTap(plug.host().namespace(), plug.device());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String description() {
        return "tap";
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
    public Shape shape(End from) {
        return loop.call(() -> wires.get(from).shape());
    }

    @Override
    public void shape(End from, Shape shape) {
        loop.run(now -> wires.get(from).reshape(now, shape));
    }

    @Override
    public void carrier(End end, boolean on) {
        loop.run(now -> {
            carriers.put(end, on);
            boolean cut = carriers.containsValue(false);
            for (TapWire wire : wires.values()) {
                wire.cut(now, cut);
            }
            taps.get(end).carrier(on);
        });
    }

    @Override
    public Counters counters(End from) {
        return loop.call(() -> wires.get(from).counters());
    }

    @Override
    public void close() {
        loop.run(now -> {
            if (!closed) {
                closed = true;
                wires.values().forEach(loop::remove);
                taps.values().forEach(TapDevice::close);
            }
        });
    }
}
