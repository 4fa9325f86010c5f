package org.smapp.core.agent;

import java.util.List;

/**
 * What can be configured of an agent.
 *
 * @param receiveBufferBytes the size of the event socket's receive buffer
 * @param controllerGraceMs how long connections wait for a controller that went, in milliseconds
 * @param excludedInterfaces shell patterns of the interfaces that subflows never use
 */
public record AgentSettings(int receiveBufferBytes, long controllerGraceMs, List<String> excludedInterfaces) {}
