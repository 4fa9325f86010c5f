package org.smapp.pmnlctl;

/** Ends the program: with a message and exit code 1, or after a usage text, for which the contract wants exit code 0. */
final class Stop extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean usage;

    private Stop(String message, boolean usage) {
        super(message, null, false, false);
        this.usage = usage;
    }

    static Stop usage() {
        return new Stop("", true);
    }

    /** Stops with a message that is printed behind the program's name. */
    static Stop because(String message) {
        return new Stop(message, false);
    }

    boolean isUsage() {
        return usage;
    }
}
