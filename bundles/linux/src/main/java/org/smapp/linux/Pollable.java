package org.smapp.linux;

import org.osgi.annotation.versioning.ProviderType;

/** Something a {@link Poller} can wait for. */
@ProviderType
public interface Pollable {

    /** Returns the file descriptor, or a number of its own below zero for a fake. */
    int descriptor();
}
