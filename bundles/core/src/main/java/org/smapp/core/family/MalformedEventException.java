package org.smapp.core.family;

/** A message of the kernel that can't be read. */
public final class MalformedEventException extends Exception {

    private static final long serialVersionUID = 1L;

    public MalformedEventException(String message) {
        super(message);
    }
}
