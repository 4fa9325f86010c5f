package org.smapp.core.pm;

/** A message of the kernel that can't be read. */
public final class MalformedEventException extends Exception {

    private static final long serialVersionUID = 1L;

    MalformedEventException(String message) {
        super(message);
    }
}
