package org.smapp.core.agent;

/**
 * What an agent has counted. Immutable.
 *
 * @param received how many events came
 * @param malformed how many messages could not be read
 * @param foreign how many messages were thrown away because another process sent them
 * @param overruns how often the kernel reported that it dropped events
 * @param recoveries how often the table had to be corrected by what the kernel has
 * @param commands how many commands were given
 * @param refused how many of them were refused or not sent
 * @param lastComparisonMs how long the last comparison with the kernel took, in milliseconds
 * @param lastEventMs when the latest event came, in milliseconds since 1970; 0 before the first
 */
public record AgentFigures(
        long received,
        long malformed,
        long foreign,
        long overruns,
        long recoveries,
        long commands,
        long refused,
        long lastComparisonMs,
        long lastEventMs) {

    static final AgentFigures NONE = new AgentFigures(0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** Returns the figures of this agent and of the one that took its place. */
    AgentFigures plus(AgentFigures next) {
        return new AgentFigures(
                received + next.received,
                malformed + next.malformed,
                foreign + next.foreign,
                overruns + next.overruns,
                recoveries + next.recoveries,
                commands + next.commands,
                refused + next.refused,
                next.lastComparisonMs,
                Math.max(lastEventMs, next.lastEventMs));
    }
}
