/**
 * What the kernel knows of connections and subflows: single questions, and series that are sampled for all who listen at once.
 */
package org.smapp.core.measure;
