package org.smapp.api;

/** What became of a {@link Command}. Immutable. */
public sealed interface Outcome {

    /** Returns whether the kernel took the command. What it leads to comes later, as events. */
    default boolean isAccepted() {
        return this instanceof Accepted;
    }

    /** Returns one sentence for an operator. */
    String sentence();

    /** The kernel acknowledged the command. For a new subflow this means: the SYN was sent. */
    record Accepted() implements Outcome {
        /** The only value there is. */
        public static final Accepted ACCEPTED = new Accepted();

        @Override
        public String sentence() {
            return "accepted";
        }
    }

    /**
     * The kernel refused the command; nothing changed.
     *
     * @param errno the kernel's error number, above 0
     * @param kernelText the kernel's own words, or the empty string
     * @param offset where in the request it found the fault, in bytes, or -1
     * @param missingAttribute the attribute that it misses, or -1
     * @param sentence what it means and what to do
     */
    record Refused(int errno, String kernelText, int offset, int missingAttribute, String sentence)
            implements Outcome {}

    /**
     * The command did not reach the kernel, or its acknowledgement was lost.
     *
     * @param sentence why
     */
    record NotSent(String sentence) implements Outcome {}
}
