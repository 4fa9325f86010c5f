/**
 * The Multipath TCP connections and subflows that the kernel has, by asking it (sock_diag). Any user may ask; what the kernel
 * knows of other users' sockets is the same, except for {@link org.smapp.netlink.diag.SocketTable#destroy}, which takes
 * CAP_NET_ADMIN.
 */
@Export
@Version("1.0.0")
package org.smapp.netlink.diag;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
