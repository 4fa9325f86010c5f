package org.smapp.cli;

/** The command could not be carried out. The message is a sentence for the operator. */
final class Failure extends Exception {

    private static final long serialVersionUID = 1;

    Failure(String sentence) {
        super(sentence);
    }

    Failure(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
