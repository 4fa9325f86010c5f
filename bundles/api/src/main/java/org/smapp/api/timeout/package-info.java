/** How expiries of retransmission timers, which the kernel's path manager does not tell of, reach the platform. */
@Export
@Version("1.0.0")
package org.smapp.api.timeout;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
