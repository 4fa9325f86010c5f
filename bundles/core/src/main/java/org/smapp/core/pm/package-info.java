/**
 * The channel to the kernel's path manager: a source of events, a sink of commands, and queries, whatever family the kernel speaks.
 */
package org.smapp.core.pm;
