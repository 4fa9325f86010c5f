package org.smapp.core.agent;

import java.util.List;
import org.smapp.api.FourTuple;
import org.smapp.api.Side;
import org.smapp.api.event.Event;
import org.smapp.core.publish.HandedOver;
import org.smapp.core.publish.Outbox;
import org.smapp.core.publish.PublishQueue;
import org.smapp.core.publish.Published;
import org.smapp.core.rule.Conditions;
import org.smapp.core.rule.Rule;
import org.smapp.linux.Linux;
import org.smapp.linux.LinuxException;
import org.smapp.linux.NetworkNamespace;
import org.smapp.testkit.kernel.FakeKernel;
import org.smapp.testkit.kernel.FakeLink;
import org.smapp.testkit.kernel.KernelConnection;

/** An agent on a fake kernel without a thread: it does what waits when a test tells it to. */
final class AgentInHand implements AutoCloseable {

    static final long AUDIT_MS = 200;

    final FakeKernel kernel = new FakeKernel();
    final FakeLink wan1 = kernel.link("wan1").add(PathInHand.LOCAL, 24).defaultRoute(true);
    final FakeLink wan2 = kernel.link("wan2").add(PathInHand.SECOND, 24).defaultRoute(true);
    final DesiredState desired = new DesiredState();
    final PublishQueue queue = new PublishQueue(100_000);
    final Agent agent;

    private int connections;

    AgentInHand(AgentClock clock, long auditMs) throws Exception {
        this(clock, auditMs, kernel -> kernel);
    }

    /** What stands between agent and kernel. */
    interface Doors {
        Linux before(FakeKernel kernel);
    }

    AgentInHand(AgentClock clock, long auditMs, Doors doors) throws Exception {
        AgentSettings settings = new AgentSettings(1 << 16, 10_000, auditMs, 50, 1_000, 100, AddressFilter.DEFAULT);
        Outbox outbox = new Outbox(queue, clock::epochMs);
        Quarantine failures = (controller, why, cause) -> {
            throw new AssertionError(controller + " " + why, cause);
        };
        agent = Agent.open(
                doors.before(kernel),
                NetworkNamespace.current(),
                new Surroundings(
                        new FakeMeasurements(), settings, desired, outbox, clock, token -> null, failures, () -> true));
    }

    AgentInHand begin() throws Exception {
        agent.begin("SMAPP started", List.of());
        return this;
    }

    /** Lets the agent do all that waits. */
    void work() throws LinuxException {
        agent.wakeUp();
        agent.pass(); // what can be read
        agent.wakeUp();
        agent.pass(); // and what is to be told
    }

    KernelConnection connect() {
        return kernel.connect(
                Side.CLIENT, new FourTuple(PathInHand.LOCAL, 10_000 + ++connections, PathInHand.PEER, 443));
    }

    /** Has all connections belong to {@code controller}. */
    void give(ScriptedController controller) {
        String name = controller.installed().name();
        desired.change(now ->
                now.withRules(List.of(new Rule("all", 0, Conditions.ANY, name))).with(controller.installed()));
    }

    /** Returns what was handed over since the last call. */
    <T extends Event> List<T> published(Class<T> type) {
        return HandedOver.takeAll(queue).stream()
                .map(Published::event)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    @Override
    public void close() {
        agent.close();
    }
}
