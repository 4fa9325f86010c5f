package org.smapp.control;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.smapp.api.FourTuple;
import org.smapp.api.Token;
import org.smapp.api.measure.ConnectionInfo;
import org.smapp.api.measure.Measurements;
import org.smapp.api.measure.SubflowInfo;
import org.smapp.api.measure.TcpState;

/** The figures of one connection with one subflow: 1, 2, 3, and so on. */
final class FakeMeasurements implements Measurements {

    private static final ConnectionInfo CONNECTION = new ConnectionInfo(
            FakePathManager.TOKEN,
            FakePathManager.FIRST,
            TcpState.ESTABLISHED,
            2,
            false,
            2,
            100,
            90,
            1,
            99,
            89,
            0,
            5,
            1,
            10,
            20,
            30);

    private static final SubflowInfo SUBFLOW = new SubflowInfo(
            FakePathManager.TOKEN,
            FakePathManager.SECOND,
            1,
            0,
            TcpState.SYN_SENT,
            "cubic",
            1,
            2,
            3,
            4,
            5,
            6,
            7,
            8,
            9,
            10,
            11,
            12,
            13,
            14,
            15,
            16,
            17,
            18,
            19,
            20,
            21,
            22,
            23,
            24,
            25);

    @Override
    public Optional<ConnectionInfo> connection(Token token) {
        return connections().stream().filter(each -> each.token().equals(token)).findFirst();
    }

    @Override
    public Optional<SubflowInfo> subflow(FourTuple tuple) {
        return subflows().stream().filter(each -> each.tuple().equals(tuple)).findFirst();
    }

    @Override
    public List<ConnectionInfo> connections() {
        return List.of(CONNECTION);
    }

    @Override
    public List<SubflowInfo> subflows() {
        return List.of(SUBFLOW);
    }

    @Override
    public Series sample(Duration interval, Consumer<Sample> listener) {
        return () -> {};
    }
}
