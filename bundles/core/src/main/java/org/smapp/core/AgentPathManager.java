package org.smapp.core;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.smapp.api.Command;
import org.smapp.api.ConnectionSnapshot;
import org.smapp.api.ControllerSnapshot;
import org.smapp.api.Health;
import org.smapp.api.HostAddress;
import org.smapp.api.LocalAddress;
import org.smapp.api.Outcome;
import org.smapp.api.PathManager;
import org.smapp.api.PathTrouble;
import org.smapp.api.WarningSource;
import org.smapp.api.event.JournalEntry;
import org.smapp.api.event.Recovered;
import org.smapp.core.agent.AgentFigures;
import org.smapp.core.agent.Supervisor;
import org.smapp.core.publish.Journal;
import org.smapp.core.publish.PathTroubles;
import org.smapp.core.publish.PublishQueue;
import org.smapp.linux.NetworkNamespace;

/** The agent as others see it. Thread-safe. */
final class AgentPathManager implements PathManager, WarningSource {

    private final Supervisor agent;
    private final PublishQueue queue;
    private final Journal journal;
    private final PathTroubles troubles;
    private final NetworkNamespace namespace;
    private final Instant subscribedSince;
    private final OtherPathManagers others;
    private final PlainTcpWatch plainTcp;
    private final AgentTimeoutIntake timeouts;

    AgentPathManager(
            Supervisor agent,
            PublishQueue queue,
            Journal journal,
            PathTroubles troubles,
            NetworkNamespace namespace,
            Instant subscribedSince,
            OtherPathManagers others,
            PlainTcpWatch plainTcp,
            AgentTimeoutIntake timeouts) {
        this.agent = agent;
        this.queue = queue;
        this.journal = journal;
        this.troubles = troubles;
        this.namespace = namespace;
        this.subscribedSince = subscribedSince;
        this.others = others;
        this.plainTcp = plainTcp;
        this.timeouts = timeouts;
    }

    Supervisor supervisor() {
        return agent;
    }

    @Override
    public List<ConnectionSnapshot> connections() {
        return agent.connections().stream()
                .sorted(Comparator.comparing(ConnectionSnapshot::since))
                .toList();
    }

    @Override
    public List<ControllerSnapshot> controllers() {
        return agent.controllers();
    }

    @Override
    public List<LocalAddress> localAddresses() {
        return agent.localAddresses();
    }

    @Override
    public List<HostAddress> hostAddresses() {
        return agent.hostAddresses();
    }

    @Override
    public List<PathTrouble> pathTroubles() {
        return troubles.now(System.currentTimeMillis());
    }

    @Override
    public List<JournalEntry> journal() {
        return journal.entries();
    }

    @Override
    public Health health() {
        AgentFigures figures = agent.figures();
        return new Health(
                namespace.file().toString(),
                subscribedSince,
                figures.lastEventMs() == 0 ? null : Instant.ofEpochMilli(figures.lastEventMs()),
                figures.received(),
                figures.malformed(),
                figures.overruns(),
                figures.recoveries(),
                figures.lastComparisonMs(),
                figures.commands(),
                figures.refused(),
                agent.connections().size(),
                agent.inbox(),
                queue.waiting(),
                queue.dropped(),
                agent.receiveBufferBytes(),
                recoveries(),
                agent.controllers().stream()
                        .filter(each -> !each.quarantined().isEmpty())
                        .toList(),
                agent.slowCalls(),
                agent.replaced(),
                timeouts.description().source(),
                timeouts.description().reason(),
                others.found());
    }

    @Override
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>(agent.warnings());
        plainTcp.found().ifPresent(warnings::add);
        long foreign = agent.figures().foreign();
        if (foreign > 0) {
            warnings.add(foreign + " messages that pretend to be the kernel's events were thrown away: a process with"
                    + " CAP_NET_ADMIN in this namespace sends them; `ss -f netlink -p` shows who could");
        }
        return warnings;
    }

    private List<JournalEntry> recoveries() {
        return journal.entries().stream()
                .filter(each -> each.event() instanceof Recovered)
                .toList();
    }

    @Override
    public CompletionStage<Outcome> submit(Command command, String reason) {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        if (!agent.submit(command, reason, outcome::complete)) {
            outcome.complete(new Outcome.NotSent(
                    "Too many requests wait for the agent already: try again, and look at `smapp health`."));
        }
        return outcome;
    }
}
