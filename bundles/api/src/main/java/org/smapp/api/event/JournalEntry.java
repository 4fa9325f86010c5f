package org.smapp.api.event;

import java.time.Instant;

/**
 * One line of the platform's memory of what it decided and why. Immutable.
 *
 * @param time when
 * @param event what
 */
public record JournalEntry(Instant time, Event event) {}
