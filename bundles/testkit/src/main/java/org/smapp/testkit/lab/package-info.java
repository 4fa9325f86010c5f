/**
 * The lab: network namespaces, links with rate, delay, loss and carrier, and real traffic over them, on one machine. For
 * tests, the demo, benchmarks, and for authors of controllers.
 *
 * <p>Needs Linux, CAP_NET_ADMIN and CAP_SYS_ADMIN (root, or root of a user namespace with a mount namespace of its own) and
 * the programs {@code ip} (iproute2) and {@code nsenter} and {@code unshare} (util-linux); {@link org.smapp.testkit.lab.LabRequirements} says
 * what is missing.
 */
@Export
@Version("1.0.0")
package org.smapp.testkit.lab;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
