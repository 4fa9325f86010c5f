package org.smapp.api;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A service of a bundle that has something to warn the operator of. `smapp health` shows the warnings of all of them.
 * Called on any thread; must not block.
 */
@ConsumerType
public interface WarningSource {

    /** Returns what is not as it should be now, a sentence each that says what to do; none if all is well. */
    List<String> warnings();
}
