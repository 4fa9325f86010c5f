package org.smapp.testkit.lab;

/** Something in the lab that didn't work: one sentence, and what the program said. */
public final class LabException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public LabException(String message) {
        super(message);
    }

    public LabException(String message, Throwable cause) {
        super(message, cause);
    }
}
