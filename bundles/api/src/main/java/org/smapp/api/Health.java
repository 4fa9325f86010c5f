package org.smapp.api;

import java.time.Instant;
import java.util.List;
import org.smapp.api.event.JournalEntry;

/**
 * How the platform is doing. Immutable.
 *
 * @param namespace the network namespace that is managed, as a path
 * @param subscribedSince since when events come from the kernel
 * @param lastEvent when the latest came, or null before the first
 * @param events how many came from the kernel
 * @param malformed how many messages of the kernel could not be read
 * @param overruns how often the kernel reported that it had to drop events
 * @param recoveries how often the table had to be corrected by what the kernel has, the start included
 * @param lastComparisonMs how long the last comparison with the kernel took, in milliseconds
 * @param commands how many commands were given to the kernel
 * @param refused how many of them it refused
 * @param connections how many connections are known
 * @param inbox how many requests wait for the agent
 * @param backlog how many events wait to be published
 * @param unpublished how many events were dropped because that queue was full
 * @param receiveBufferBytes the size of the event socket's receive buffer
 * @param latestRecoveries those that the journal still has, with their durations and reasons, the oldest first
 * @param quarantined the controllers that are out of service
 * @param slowCalls how many calls of controllers took longer than they should
 * @param agentsReplaced how often another thread had to become the agent
 * @param timeoutSource where SUBFLOW_TIMEOUT events come from, such as {@code polling}, or {@code none}
 * @param timeoutReason why from there, as a sentence
 * @param otherPathManagers who else manages paths in the namespace: processes that listen to the path manager's events, and the
 *     in-kernel path manager if it has endpoints
 */
public record Health(
        String namespace,
        Instant subscribedSince,
        Instant lastEvent,
        long events,
        long malformed,
        long overruns,
        long recoveries,
        long lastComparisonMs,
        long commands,
        long refused,
        int connections,
        int inbox,
        int backlog,
        long unpublished,
        int receiveBufferBytes,
        List<JournalEntry> latestRecoveries,
        List<ControllerSnapshot> quarantined,
        long slowCalls,
        int agentsReplaced,
        String timeoutSource,
        String timeoutReason,
        List<String> otherPathManagers) {}
