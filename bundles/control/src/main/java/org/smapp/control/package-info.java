/** The control socket: JSON over a Unix domain socket, one request a line, one answer a line. */
package org.smapp.control;
