package org.smapp.core.agent;

/**
 * What can be configured of an agent.
 *
 * @param receiveBufferBytes the size of the event socket's receive buffer
 * @param controllerGraceMs how long connections wait for a controller that went, in milliseconds
 * @param auditIntervalMs how often the table is compared with the kernel, in milliseconds; 0 for never
 * @param slowCallMs a controller's call that takes longer makes a warning in the log, in milliseconds
 * @param stuckCallMs a controller whose call takes longer is taken out of service, in milliseconds
 * @param commandsPerSecond how many commands a controller may give for one connection in one second
 * @param addressFilter which of this host's addresses subflows may use
 */
public record AgentSettings(
        int receiveBufferBytes,
        long controllerGraceMs,
        long auditIntervalMs,
        long slowCallMs,
        long stuckCallMs,
        int commandsPerSecond,
        AddressFilter addressFilter) {

    /** The defaults that are the same wherever an agent runs. */
    public static final long SLOW_CALL_MS = 50;

    public static final long STUCK_CALL_MS = 1_000;
    public static final int COMMANDS_PER_SECOND = 200;
}
