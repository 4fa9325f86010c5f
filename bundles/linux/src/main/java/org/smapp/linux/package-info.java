/**
 * What SMAPP asks of Linux: netlink sockets, readiness, network namespaces, TAP devices. Interfaces only; the native code
 * behind them is private to this bundle, so that a fake can take its place.
 */
@Export
@Version("1.0.0")
package org.smapp.linux;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
