/** Figures of connections and subflows, as the kernel has them: asked for once, or again and again. */
@Export
@Version("1.0.0")
package org.smapp.api.measure;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
