/** The interfaces, addresses and ways out of a network namespace (rtnetlink): what is there, and what changes. */
@Export
@Version("1.0.0")
package org.smapp.netlink.route;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
