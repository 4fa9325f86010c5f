package org.smapp.api.event;

/** What the platform found out or did. The journal keeps these: they are its decisions, and what led to them. */
public sealed interface PlatformEvent extends Event
        permits LocalAddressAdded,
                LocalAddressRemoved,
                CommandDone,
                ControllerAssigned,
                ControllerQuarantined,
                EventsLost,
                Recovered {}
