package org.smapp.controller.backup;

/**
 * From when on a line counts as failed.
 *
 * @param timeoutMs a retransmission time-out of this many milliseconds
 * @param silenceMs this many milliseconds without an acknowledgement, besides the round-trip time
 * @param lossPercent this much of the bytes sent again
 */
record Limits(int timeoutMs, int silenceMs, int lossPercent) {}
