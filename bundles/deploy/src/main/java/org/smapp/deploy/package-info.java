/**
 * The deploy folder: each jar of it is a bundle that runs. A jar that is wrong is named and changes nothing, and one whose code
 * does not return holds up nobody else.
 */
package org.smapp.deploy;
