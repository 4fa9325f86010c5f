package org.smapp.core.agent;

import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.smapp.api.Token;
import org.smapp.api.measure.Measurements;
import org.smapp.core.memory.Remembered;
import org.smapp.core.publish.Outbox;

/**
 * What an agent works with, besides its sockets.
 *
 * @param measurements serves the series that controllers ask for
 * @param settings what is configured
 * @param desired the desired state
 * @param outbox takes what is to be published
 * @param clock tells the time
 * @param memory what is remembered of a connection, or null
 * @param failures hears which controller was taken out of service, on the agent's thread
 * @param selected tells whether new connections come to SMAPP, as far as is known
 */
record Surroundings(
        Measurements measurements,
        AgentSettings settings,
        DesiredState desired,
        Outbox outbox,
        AgentClock clock,
        Function<Token, Remembered> memory,
        Quarantine failures,
        BooleanSupplier selected) {}
