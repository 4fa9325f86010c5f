package org.smapp.core.agent;

import java.util.List;

/**
 * What can be configured of an agent.
 *
 * @param receiveBufferBytes the size of the event socket's receive buffer
 * @param controllerGraceMs how long connections wait for a controller that went, in milliseconds
 * @param auditIntervalMs how often the table is compared with the kernel, in milliseconds; 0 for never
 * @param excludedInterfaces shell patterns of the interfaces that subflows never use
 */
public record AgentSettings(
        int receiveBufferBytes, long controllerGraceMs, long auditIntervalMs, List<String> excludedInterfaces) {}
