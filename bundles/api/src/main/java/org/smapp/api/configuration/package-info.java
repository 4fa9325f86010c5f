/** What is configured, where it came from, and what is wrong with it. */
@Export
@Version("1.0.0")
package org.smapp.api.configuration;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
