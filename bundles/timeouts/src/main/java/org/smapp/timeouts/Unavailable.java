package org.smapp.timeouts;

/** A source that can't be used here; the message is a sentence that says why and what would help. */
final class Unavailable extends Exception {

    private static final long serialVersionUID = 1L;

    Unavailable(String message) {
        super(message);
    }

    Unavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
