package org.smapp.config;

/** A configuration makes no sense; the message says in one sentence where, and what is allowed. */
final class WrongConfiguration extends Exception {

    private static final long serialVersionUID = 1;

    WrongConfiguration(String sentence) {
        super(sentence, null, false, false);
    }
}
