/**
 * The platform's outer side: starts and stops the agent, and ties it to OSGi: configuration, rules, controllers that come and go,
 * the services that others use. What decides is in {@link org.smapp.core.agent}.
 */
package org.smapp.core;
