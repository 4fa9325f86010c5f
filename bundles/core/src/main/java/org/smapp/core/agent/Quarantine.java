package org.smapp.core.agent;

/** Hears that a controller was taken out of service. */
interface Quarantine {

    /**
     * A controller was taken out of service.
     *
     * @param cause what it threw, or null
     */
    void happened(InstalledController controller, String why, ControllerFailure cause);
}
