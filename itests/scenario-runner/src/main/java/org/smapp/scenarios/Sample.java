package org.smapp.scenarios;

/**
 * One value that was measured once.
 *
 * @param situation what was done to the network
 * @param pathManager who was in charge
 * @param seed what chance was made from
 * @param at where in a series, such as the number of a block or the seconds since a fault; 0 for a value that stands alone
 * @param metric what was measured
 * @param value in the unit of the metric; infinite if it never came about
 */
record Sample(String situation, String pathManager, long seed, double at, Metric metric, double value) {}
