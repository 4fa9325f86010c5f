/**
 * Where {@code SUBFLOW_TIMEOUT} comes from: an eBPF program that TCP calls, one at a tracepoint, or polling.
 */
package org.smapp.timeouts;
