package org.smapp.core.agent;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.smapp.api.Token;
import org.smapp.api.controller.Connection;
import org.smapp.api.measure.Measurements;
import org.smapp.api.measure.SubflowInfo;
import org.smapp.core.agent.Ownership.Owned;

/**
 * The samples that controllers ask for. There is one series for each interval, however many connections want it, and each
 * sample reaches the agent as one message. While one waits in the inbox, further ones are left out.
 *
 * <p>For the agent's thread only, but for {@link #close}.
 */
final class ControllerSeries implements AutoCloseable {

    private final Measurements measurements;
    private final Predicate<Message> inbox;
    private final Timers timers;
    private final Map<Duration, Group> groups = new ConcurrentHashMap<>();

    /**
     * @param inbox takes a message to the agent
     * @param timers call the controllers, at once
     */
    ControllerSeries(Measurements measurements, Predicate<Message> inbox, Timers timers) {
        this.measurements = measurements;
        this.inbox = inbox;
        this.timers = timers;
    }

    private static final class Listener implements Connection.Timer {
        private final Owned owner;
        private Consumer<List<SubflowInfo>> consumer;

        Listener(Owned owner, Consumer<List<SubflowInfo>> consumer) {
            this.owner = owner;
            this.consumer = consumer;
        }

        @Override
        public void cancel() {
            consumer = null;
        }

        boolean isDead() {
            return consumer == null || owner.isEnded();
        }

        void call(List<SubflowInfo> subflows) {
            if (consumer != null) { // what was called before it may have ended it
                consumer.accept(subflows);
            }
        }
    }

    /** Those who listen at one interval. */
    private final class Group {
        private final Duration interval;
        private final Measurements.Series series;
        private final AtomicBoolean waiting = new AtomicBoolean();
        private final List<Listener> listeners = new ArrayList<>();

        Group(Duration interval) {
            this.interval = interval;
            series = measurements.sample(interval, this::arrived);
        }

        /** On the sampler's thread. */
        private void arrived(Measurements.Sample sample) {
            Map<Token, List<SubflowInfo>> byToken =
                    sample.subflows().stream().collect(Collectors.groupingBy(SubflowInfo::token));
            if (waiting.compareAndSet(false, true) && !inbox.test(() -> deliver(byToken))) {
                waiting.set(false);
            }
        }

        private void deliver(Map<Token, List<SubflowInfo>> byToken) {
            waiting.set(false);
            listeners.removeIf(Listener::isDead);
            for (Listener each : listeners) {
                List<SubflowInfo> its = byToken.getOrDefault(each.owner.token(), List.of());
                timers.after(0, each.owner, () -> each.call(its));
            }
            if (listeners.isEmpty()) {
                groups.remove(interval);
                series.close();
            }
        }
    }

    Connection.Timer start(Owned owner, Duration interval, Consumer<List<SubflowInfo>> consumer) {
        Listener listener = new Listener(owner, consumer);
        if (!owner.isEnded()) {
            groups.computeIfAbsent(interval, Group::new).listeners.add(listener);
        }
        return listener;
    }

    /** Ends all series, on any thread. */
    @Override
    public void close() {
        groups.values().forEach(each -> each.series.close());
    }
}
