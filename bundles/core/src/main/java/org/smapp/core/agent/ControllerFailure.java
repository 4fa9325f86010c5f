package org.smapp.core.agent;

/**
 * What a controller threw, as text. An exception of a controller is the controller's code, too: it may block or throw when
 * it is asked for its text. So it is asked once, while the controller is still watched, and only the text goes further.
 */
final class ControllerFailure extends Exception {

    private static final long serialVersionUID = 1L;
    private static final int LONGEST_TEXT = 500;
    private static final int CAUSES = 5;

    private ControllerFailure(String text, ControllerFailure cause, StackTraceElement[] trace) {
        super(text, cause, false, true);
        setStackTrace(trace);
    }

    static ControllerFailure of(Throwable thrown) {
        return of(thrown, CAUSES);
    }

    private static ControllerFailure of(Throwable thrown, int causes) {
        String text = thrown.getClass().getName();
        StackTraceElement[] trace = {};
        ControllerFailure cause = null;
        try {
            text = thrown.toString();
            text = text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "...";
            trace = thrown.getStackTrace();
            Throwable next = causes == 0 ? null : thrown.getCause();
            cause = next == null ? null : of(next, causes - 1);
        } catch (Throwable again) { // then what is known so far has to do
            text = text == null ? thrown.getClass().getName() : text;
        }
        return new ControllerFailure(text, cause, trace);
    }

    /** Returns the text of what was thrown. */
    @Override
    public String toString() {
        return getMessage();
    }
}
