/**
 * The agent: one thread that reads the kernel's events, keeps the table of connections, calls the controllers that own them and
 * carries out their commands, with no hand-over in between.
 *
 * <p>An event goes from {@code EventFlow} through {@code ConnectionTable} and {@code Assignments} to the controller's
 * handler; its commands go from the {@code Lease} through {@code Commander} to the kernel. {@code ReactionPath} ties these
 * together, for the agent and for its rehearsal. What is configured is one {@code Desired}; {@code DesiredState} knows the
 * latest, and which one the agent has applied. {@code Reconciliation} compares the table with the kernel. {@code
 * Supervisor}, {@code Succession} and {@code Watchdog} see to it that there is always one agent, and put another in its
 * place when a controller keeps it.
 */
package org.smapp.core.agent;
