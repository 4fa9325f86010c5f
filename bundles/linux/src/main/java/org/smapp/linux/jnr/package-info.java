/**
 * The system calls behind {@link org.smapp.linux}, by jnr-ffi, which nothing else of SMAPP knows.
 */
package org.smapp.linux.jnr;
