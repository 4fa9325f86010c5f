/** What happens, one record for each kind of event. */
@Export
@Version("1.0.0")
package org.smapp.api.event;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
