package org.smapp.core.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.smapp.api.IpAddress;

final class RuleTest {

    private static Rule rule(String name, int ranking) {
        return new Rule(name, ranking, Conditions.ANY, "fullmesh");
    }

    @Test
    void shouldAskTheHigherRankingFirstAndThenByName() {
        assertEquals(
                List.of("first", "a", "b", "last"),
                Stream.of(rule("b", 5), rule("last", -1), rule("a", 5), rule("first", 6))
                        .sorted()
                        .map(Rule::name)
                        .toList());
    }

    @Test
    void shouldTakePrefixesUpToTheWholeAddress() {
        assertTrue(IpPrefix.parse("192.0.2.1/32").contains(IpAddress.parse("192.0.2.1")));
        assertTrue(IpPrefix.parse("2001:db8::1/128").contains(IpAddress.parse("2001:db8::1")));
        assertTrue(IpPrefix.parse("0.0.0.0/0").contains(IpAddress.parse("192.0.2.1")));
        for (String each : List.of("192.0.2.1/33", "2001:db8::1/129", "192.0.2.0/", "192.0.2.0/-1")) {
            assertTrue(refusal(each).contains("good length"), each);
        }
        assertTrue(refusal("/24").contains("is no address prefix"), refusal("/24"));
    }

    private static String refusal(String prefix) {
        return assertThrows(IllegalArgumentException.class, () -> IpPrefix.parse(prefix))
                .getMessage();
    }

    @Test
    void shouldTakeNumbersUpToTheHighest() {
        NumberSet ports = NumberSet.parse(List.of("0", "443", "8000-65535"), 65_535);
        for (long each : new long[] {0, 443, 8000, 8001, 65_535}) {
            assertTrue(ports.contains(each), () -> Long.toString(each));
        }
        for (long each : new long[] {1, 442, 444, 7999, 65_536}) {
            assertTrue(!ports.contains(each), () -> Long.toString(each));
        }
        for (String each : List.of("65536", "2-1", "x", "1-", "-1", "1-2-3")) {
            assertThrows(IllegalArgumentException.class, () -> NumberSet.parse(List.of(each), 65_535), each);
        }
    }
}
