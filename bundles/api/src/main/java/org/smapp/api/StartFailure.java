package org.smapp.api;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Registered as a service when the platform can't do its work, so that whoever started the framework can say why. The service
 * property {@link #REASON} holds one sentence with what to do.
 */
@ProviderType
public interface StartFailure {

    /** The service property that holds the sentence. */
    String REASON = "smapp.reason";
}
