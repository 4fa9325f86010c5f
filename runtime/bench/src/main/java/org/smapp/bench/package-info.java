/**
 * Measures path managers from outside, by the packets that they cause. {@link org.smapp.bench.Reaction} is the command; one thread
 * runs it, a second one reads the capture.
 */
package org.smapp.bench;
