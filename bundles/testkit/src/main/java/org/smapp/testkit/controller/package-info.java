/** What a controller is tested with: a connection without a kernel, and a clock that the test moves. */
@Export
@Version("1.0.0")
@RecordBuilder.Include(value = {ConnectionInfo.class, SubflowInfo.class})
package org.smapp.testkit.controller;

import io.soabase.recordbuilder.core.RecordBuilder;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
import org.smapp.api.measure.ConnectionInfo;
import org.smapp.api.measure.SubflowInfo;
