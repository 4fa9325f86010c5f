package org.smapp.core.agent;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.smapp.api.FourTuple;
import org.smapp.api.Token;
import org.smapp.api.measure.ConnectionInfo;
import org.smapp.api.measure.Measurements;
import org.smapp.api.measure.SubflowInfo;

/** Series whose samples a test brings. */
final class FakeMeasurements implements Measurements {

    private final Map<Duration, Consumer<Sample>> listeners = new LinkedHashMap<>();

    @Override
    public Series sample(Duration interval, Consumer<Sample> listener) {
        listeners.put(interval, listener);
        return () -> listeners.remove(interval);
    }

    /** Returns how many series there are. */
    int series() {
        return listeners.size();
    }

    void bring(Duration interval, List<SubflowInfo> subflows) {
        listeners.get(interval).accept(new Sample(0, subflows));
    }

    @Override
    public Optional<ConnectionInfo> connection(Token token) {
        return Optional.empty();
    }

    @Override
    public Optional<SubflowInfo> subflow(FourTuple tuple) {
        return Optional.empty();
    }

    @Override
    public List<ConnectionInfo> connections() {
        return List.of();
    }

    @Override
    public List<SubflowInfo> subflows() {
        return List.of();
    }
}
