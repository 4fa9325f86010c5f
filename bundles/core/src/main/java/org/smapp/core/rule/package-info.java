/**
 * Rules: conditions on a connection, and what it is given to when they hold.
 */
package org.smapp.core.rule;
