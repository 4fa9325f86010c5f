package org.smapp.testkit.lab;

/**
 * What one direction of a link has done since the link was made.
 *
 * @param frames frames that arrived
 * @param bytes their bytes, Ethernet headers included
 * @param lost frames lost on the wire
 * @param queueFull frames that found the queue full
 * @param cut frames that a missing carrier or an interface that is down swallowed
 */
public record Counters(long frames, long bytes, long lost, long queueFull, long cut) {}
