package org.smapp.core;

import java.io.IOException;
import java.time.Instant;
import org.smapp.core.agent.AddressFilter;
import org.smapp.core.agent.AgentSettings;
import org.smapp.core.agent.HastyClock;
import org.smapp.core.agent.Supervisor;
import org.smapp.core.memory.ConnectionMemory;
import org.smapp.core.memory.MemoryFile;
import org.smapp.core.publish.Journal;
import org.smapp.core.publish.PathTroubles;
import org.smapp.core.publish.PublishQueue;
import org.smapp.core.publish.Publisher;
import org.smapp.linux.NetworkNamespace;
import org.smapp.testkit.kernel.FakeKernel;

/** What the core's component makes, on a fake kernel. */
final class RunningAgent implements AutoCloseable {

    static final Instant SINCE = Instant.ofEpochSecond(1_700_000_000);

    private final PublishQueue queue = new PublishQueue(1024);
    private final Journal journal = new Journal(100);
    private final PathTroubles troubles = new PathTroubles();
    private final Supervisor agent;
    private final AgentTimeoutIntake timeouts;
    private final AgentPathManager pathManager;
    private final Thread publisher;

    private RunningAgent(FakeKernel kernel) throws IOException {
        NetworkNamespace here = NetworkNamespace.current();
        ConnectionMemory memory = new ConnectionMemory(new MemoryFile(null));
        AgentSettings settings = new AgentSettings(1 << 16, 1_000, 0, 50, 10_000, 1_000, AddressFilter.DEFAULT);
        agent = Supervisor.start(kernel, here, settings, queue, memory, new HastyClock());
        timeouts = new AgentTimeoutIntake(agent, here);
        pathManager = new AgentPathManager(
                agent,
                queue,
                journal,
                troubles,
                here,
                SINCE,
                new OtherPathManagers(kernel, here),
                new PlainTcpWatch(kernel, here),
                timeouts);
        publisher = new Thread(new Publisher(queue, journal, memory, troubles, agent::connections), "test-publisher");
        publisher.start();
    }

    static RunningAgent on(FakeKernel kernel) throws IOException {
        return new RunningAgent(kernel);
    }

    AgentPathManager pathManager() {
        return pathManager;
    }

    AgentTimeoutIntake timeouts() {
        return timeouts;
    }

    @Override
    public void close() {
        agent.close();
        queue.end();
    }
}
