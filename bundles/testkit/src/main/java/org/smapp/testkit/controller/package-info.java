/** What a controller is tested with: a connection without a kernel, and a clock that the test moves. */
@Export
@Version("1.0.0")
package org.smapp.testkit.controller;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
