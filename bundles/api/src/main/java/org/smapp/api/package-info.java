/** The vocabulary of SMAPP: what controllers, consoles and tools see of Multipath TCP on this host. */
@Export
@Version("1.2.0")
package org.smapp.api;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
