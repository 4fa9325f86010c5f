package org.smapp.core.agent;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** What is left of what a controller threw. */
final class ControllerFailureTest {

    /** Everything that can be asked of it fails. */
    private static final class Hostile extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Throwable trouble;

        Hostile(Throwable trouble) {
            this.trouble = trouble;
        }

        @Override
        public String toString() {
            if (trouble != null) {
                ControllerFailureTest.<RuntimeException>raise(trouble);
            }
            return null;
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void raise(Throwable thrown) throws T {
        throw (T) thrown;
    }

    @Test
    void shouldKeepTextTraceAndCauses() {
        Exception thrown = new IllegalStateException("outside", new IllegalArgumentException("inside"));
        ControllerFailure failure = ControllerFailure.of(thrown);
        assertEquals("java.lang.IllegalStateException: outside", failure.toString());
        assertEquals(
                "java.lang.IllegalArgumentException: inside", failure.getCause().toString());
        assertNull(failure.getCause().getCause());
        assertArrayEquals(thrown.getStackTrace(), failure.getStackTrace());
    }

    @Test
    void shouldBoundTextAndCauses() {
        Exception thrown = new IllegalStateException("x".repeat(100_000));
        for (int i = 0; i < 1_000; i++) {
            thrown = new IllegalStateException("level " + i, thrown);
        }
        int causes = 0;
        for (Throwable each = ControllerFailure.of(thrown); each.getCause() != null; each = each.getCause()) {
            causes++;
        }
        assertEquals(5, causes);
        String text = ControllerFailure.of(new IllegalStateException("x".repeat(100_000)))
                .toString();
        assertTrue(text.length() == 503 && text.endsWith("x..."), text);
    }

    @Test
    void shouldNameTheTypeOfWhatHasNoText() {
        assertEquals(
                Hostile.class.getName(), ControllerFailure.of(new Hostile(null)).toString());
        assertEquals(
                Hostile.class.getName(),
                ControllerFailure.of(new Hostile(new StackOverflowError())).toString());
    }

    @Test
    void shouldEndWithAThrowableThatIsItsOwnCause() {
        Exception circle = new Exception("circle") {
            private static final long serialVersionUID = 1L;

            @Override
            public synchronized Throwable getCause() {
                return this;
            }
        };
        assertTrue(ControllerFailure.of(circle).toString().endsWith(": circle"));
    }
}
