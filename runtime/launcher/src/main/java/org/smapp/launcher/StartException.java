package org.smapp.launcher;

/** SMAPP can't start; the message is one sentence for the operator, with what to do next. */
final class StartException extends Exception {

    private static final long serialVersionUID = 1;

    StartException(String sentence) {
        super(sentence);
    }

    StartException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
