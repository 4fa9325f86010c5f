package org.smapp.api.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.smapp.api.CloseCause;
import org.smapp.api.Command;
import org.smapp.api.FourTuple;
import org.smapp.api.IpAddress;
import org.smapp.api.LocalAddress;
import org.smapp.api.Outcome;
import org.smapp.api.Side;
import org.smapp.api.Token;
import org.smapp.api.TransportAddress;

/** Goes through all records of the sealed families, so that a new one is checked as soon as there is one. */
class EventsDescribeThemselvesTest {

    private static final Token TOKEN = new Token(0xbeef);
    private static final TransportAddress LOCAL = new TransportAddress(IpAddress.parse("::ffff:10.0.2.1"), 40001);
    private static final TransportAddress REMOTE = new TransportAddress(IpAddress.parse("::ffff:10.0.9.2"), 80);
    private static final FourTuple TUPLE =
            new FourTuple(LOCAL.address(), LOCAL.port(), REMOTE.address(), REMOTE.port());

    /** A value for each type that events are made of. */
    private static final Map<Class<?>, Object> VALUES = Map.ofEntries(
            Map.entry(Token.class, TOKEN),
            Map.entry(TransportAddress.class, REMOTE),
            Map.entry(FourTuple.class, TUPLE),
            Map.entry(Side.class, Side.CLIENT),
            Map.entry(CloseCause.class, new CloseCause(110, CloseCause.NO_RESET, false)),
            Map.entry(LocalAddress.class, new LocalAddress(IpAddress.parse("10.0.2.1"), 24, 7, "wan1")),
            Map.entry(Command.class, new Command.Withdraw(TOKEN, 3)),
            Map.entry(Outcome.class, new Outcome.Refused(22, "", -1, -1, "No such connection.")),
            Map.entry(String.class, "word"),
            Map.entry(boolean.class, true),
            Map.entry(int.class, 5),
            Map.entry(long.class, 6000L));

    static Stream<Event> everyKind() {
        return kinds(Event.class).map(EventsDescribeThemselvesTest::sample);
    }

    private static Stream<Class<?>> kinds(Class<?> kind) {
        return kind.isSealed()
                ? Arrays.stream(kind.getPermittedSubclasses()).flatMap(EventsDescribeThemselvesTest::kinds)
                : Stream.of(kind);
    }

    private static Event sample(Class<?> kind) {
        Class<?>[] types = Arrays.stream(kind.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            return (Event) kind.getConstructor(types)
                    .newInstance(Arrays.stream(types).map(VALUES::get).toArray());
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("VALUES has no value for a component of " + kind, e);
        }
    }

    @ParameterizedTest
    @MethodSource("everyKind")
    void shouldHaveATopicLikeItsName(Event event) throws ReflectiveOperationException {
        String name = event.getClass().getSimpleName();
        String type = name.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase(Locale.ROOT);

        assertEquals(type, event.type());
        assertEquals("org/smapp/event/" + type, event.topic());
        assertEquals(event.topic(), event.getClass().getField("TOPIC").get(null));
    }

    @ParameterizedTest
    @MethodSource("everyKind")
    void shouldHavePropertiesInSimpleTypes(Event event) {
        Map<String, Object> properties = event.properties();

        assertFalse(properties.isEmpty());
        properties.forEach((name, value) -> assertTrue(
                Set.of(String.class, Boolean.class, Integer.class, Long.class).contains(value.getClass()),
                name + " is a " + value.getClass()));
    }

    /** Whatever an event says must reach handlers: as many properties as there are values in it. */
    @ParameterizedTest
    @MethodSource("everyKind")
    void shouldHoldEachOfItsComponents(Event event) {
        Map<Class<?>, Integer> several = new HashMap<>(
                Map.of(FourTuple.class, 4, TransportAddress.class, 2, LocalAddress.class, 4, CloseCause.class, 2));
        several.put(Outcome.class, 3); // accepted, outcome, and errno when it is refused
        int expected = Arrays.stream(event.getClass().getRecordComponents())
                .mapToInt(component -> several.getOrDefault(component.getType(), 1))
                .sum();

        assertEquals(expected, event.properties().size(), event.properties()::toString);
    }

    @ParameterizedTest
    @MethodSource("everyKind")
    void shouldGiveItsPropertiesAwayForTheCallerToAddTo(Event event) {
        event.properties().put("more", 1);

        assertFalse(event.properties().containsKey("more"));
    }

    @ParameterizedTest
    @MethodSource("everyKind")
    void shouldHaveASentenceWithoutItsToken(Event event) {
        assertFalse(event.sentence().isBlank());
        assertFalse(event.sentence().contains(TOKEN.toString()), event.sentence());
        assertFalse(event.sentence().contains("::ffff:"), "people write IPv4 addresses as such: " + event.sentence());
    }

    @ParameterizedTest
    @MethodSource("everyKind")
    void shouldNameTheConnectionThatItIsAbout(Event event) {
        boolean has = event.properties().containsKey("token");

        assertEquals(has ? Optional.of(TOKEN) : Optional.empty(), event.connection());
    }

    @Test
    void shouldHaveTheTopicsThatHandlersRelyOn() {
        assertEquals(
                Set.of(
                        "CONNECTION_CREATED",
                        "CONNECTION_ESTABLISHED",
                        "CONNECTION_CLOSED",
                        "ADDRESS_ANNOUNCED",
                        "ADDRESS_REMOVED",
                        "SUBFLOW_ESTABLISHED",
                        "SUBFLOW_CLOSED",
                        "SUBFLOW_PRIORITY",
                        "SUBFLOW_TIMEOUT",
                        "LISTENER_CREATED",
                        "LISTENER_CLOSED",
                        "LOCAL_ADDRESS_ADDED",
                        "LOCAL_ADDRESS_REMOVED",
                        "EVENTS_LOST",
                        "RECOVERED",
                        "COMMAND_DONE",
                        "CONTROLLER_ASSIGNED",
                        "CONTROLLER_QUARANTINED"),
                everyKind().map(Event::type).collect(Collectors.toSet()));
    }

    @Test
    void shouldSayInOneLineWhatBecameOfACommand() {
        Command withdraw = new Command.Withdraw(TOKEN, 3);
        Outcome refused = new Outcome.Refused(22, "", -1, -1, "No such connection.");

        assertEquals(
                "fullmesh: withdraw address id 3 because the line is gone: accepted after 184 us",
                new CommandDone(TOKEN, withdraw, Outcome.Accepted.ACCEPTED, "fullmesh", "the line is gone", 184_321)
                        .sentence());
        assertEquals(
                "operator: withdraw address id 3: No such connection.",
                new CommandDone(TOKEN, withdraw, refused, "operator", "", 1000).sentence());
    }

    @Test
    void shouldSayWhySubflowsEnd() {
        assertEquals(
                "subflow closed, 10.0.2.1:40001 -> 10.0.9.2:80, ids 1/0: ETIMEDOUT (Connection timed out)",
                new SubflowClosed(TOKEN, TUPLE, 1, 0, false, 0, new CloseCause(110, CloseCause.NO_RESET, false))
                        .sentence());
    }
}
