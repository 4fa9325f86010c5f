/** How a controller is written: one factory for each bundle, one handler for each connection. */
@Export
@Version("1.2.0")
package org.smapp.api.controller;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
