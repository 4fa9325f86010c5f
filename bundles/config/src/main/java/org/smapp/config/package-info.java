/**
 * The configuration folder: each file is read, checked by the metatype of the bundle that is configured, and handed to
 * Configuration Admin only if it is right. What is changed in the web console goes the other way, into the file.
 */
package org.smapp.config;
