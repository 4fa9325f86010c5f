package org.smapp.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CloseCauseTest {

    @ParameterizedTest
    @CsvSource({
        "0, -1, ENDED",
        "0, 0, ENDED",
        "104, -1, RESET",
        "104, 5, RESET",
        "104, 3, HOPELESS",
        "0, 6, HOPELESS",
        "111, -1, REFUSED",
        "101, -1, UNREACHABLE",
        "113, -1, UNREACHABLE",
        "110, -1, TIMED_OUT",
        "103, -1, OTHER",
        "77, -1, OTHER"
    })
    void shouldSayWhatAnErrorMeansForAnotherTry(int errno, int resetReason, CloseCause.Kind kind) {
        assertEquals(kind, new CloseCause(errno, resetReason, false).kind());
    }
}
