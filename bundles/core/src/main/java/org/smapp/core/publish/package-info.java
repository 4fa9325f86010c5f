/**
 * The way from the agent to everybody else: what happened is collected, and a thread of its own writes the log and the journal
 * and tells Event Admin.
 */
package org.smapp.core.publish;
