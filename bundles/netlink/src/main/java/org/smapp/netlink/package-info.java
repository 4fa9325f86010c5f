/**
 * Netlink frames, attributes and errors, generic netlink families, and requests with their answers: pure Java over a
 * {@link org.smapp.linux.NetlinkSocket}, so that a fake kernel fits under it. Knows nothing of Multipath TCP.
 *
 * <p>Readers and writers are flyweights over buffers: made once, used for every message, without garbage. In lengths and
 * offsets the unit is the byte; numbers are in the host's byte order unless a name says {@code be}.
 */
@Export
@Version("1.0.0")
package org.smapp.netlink;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
