package org.smapp.core.publish;

import org.smapp.api.event.Event;

/**
 * An event on its way out of the agent.
 *
 * @param event the event
 * @param recovered whether it was found by comparing with the kernel
 * @param epochMs when it happened, in milliseconds since 1970
 */
public record Published(Event event, boolean recovered, long epochMs) {}
