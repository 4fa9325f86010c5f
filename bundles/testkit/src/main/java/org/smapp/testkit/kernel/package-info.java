/**
 * A kernel in memory, under the real client: {@link org.smapp.testkit.kernel.FakeKernel} answers netlink as Linux 6.18 does, with
 * real frames, so that decoders, agent and controllers run on it unchanged, without root and without a network. Contract tests
 * of core hold it against the real kernel.
 */
@Export
@Version("1.0.0")
package org.smapp.testkit.kernel;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
