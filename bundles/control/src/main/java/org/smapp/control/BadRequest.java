package org.smapp.control;

/** A request that can't be answered. The message is a sentence for whoever sent it. */
final class BadRequest extends Exception {

    private static final long serialVersionUID = 1;

    BadRequest(String sentence) {
        super(sentence);
    }

    BadRequest(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
