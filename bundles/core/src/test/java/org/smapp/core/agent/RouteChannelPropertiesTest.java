package org.smapp.core.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.BeforeTry;
import org.smapp.api.IpAddress;
import org.smapp.api.LocalAddress;
import org.smapp.api.event.Event;
import org.smapp.api.event.LocalAddressAdded;
import org.smapp.api.event.LocalAddressRemoved;
import org.smapp.linux.LinuxException;
import org.smapp.linux.NetworkNamespace;
import org.smapp.testkit.kernel.FakeKernel;
import org.smapp.testkit.kernel.FakeLink;

/** Whatever links, addresses and routes do, in whatever order and however much of it is read at once. */
final class RouteChannelPropertiesTest {

    private static final int LINKS = 3;

    /** More notifications than the channel's receive buffer holds. */
    private static final int FLOOD = 2_600;

    /** What can happen to a link. */
    enum Happening {
        DOWN,
        UP,
        CARRIER_LOST,
        CARRIER_BACK,
        ADDRESS_GONE,
        ADDRESS_BACK,
        ROUTE_GONE,
        ROUTE_BACK,
        FLOOD_OF_NOTIFICATIONS
    }

    /** @param read whether the channel reads after it */
    record Step(int link, Happening happening, boolean read) {}

    private final List<FakeLink> links = new ArrayList<>();
    private final Set<IpAddress> assigned = new HashSet<>();
    private final Set<LocalAddress> told = new HashSet<>();

    @BeforeTry
    void forget() {
        links.clear();
        assigned.clear();
        told.clear();
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Happening> happenings = Arbitraries.frequencyOf(
                Tuple.of(100, Arbitraries.of(Happening.class).filter(each -> each != Happening.FLOOD_OF_NOTIFICATIONS)),
                Tuple.of(1, Arbitraries.just(Happening.FLOOD_OF_NOTIFICATIONS)));
        Arbitrary<Boolean> read = Arbitraries.frequency(Tuple.of(2, false), Tuple.of(1, true));
        return Combinators.combine(Arbitraries.integers().between(0, LINKS - 1), happenings, read)
                .as(Step::new)
                .withoutEdgeCases()
                .list()
                .ofMinSize(20)
                .ofMaxSize(60);
    }

    @Property(tries = 100)
    void shouldEndWithWhatIsThere(@ForAll("steps") List<Step> steps) throws LinuxException {
        FakeKernel kernel = new FakeKernel();
        for (int i = 0; i < LINKS; i++) {
            links.add(kernel.link("wan" + i).defaultRoute(true));
            assign(i);
        }
        LocalAddresses addresses = new LocalAddresses(AddressFilter.DEFAULT);
        try (RouteChannel channel = RouteChannel.open(kernel, NetworkNamespace.current(), addresses)) {
            channel.refresh("found at start", this::hear);
            assertEquals(LINKS, addresses.usable().size());
            for (Step step : steps) {
                happen(step);
                if (step.read()) {
                    channel.receive(this::hear);
                    assertEquals(seenAfresh(kernel), addresses.usable());
                }
            }
            settle();
            channel.receive(this::hear);
            assertEquals(LINKS, addresses.usable().size(), "a link that flaps loses nothing");
            assertEquals(new HashSet<>(addresses.usable()), told);
        }
    }

    private static IpAddress addressOf(int link) {
        return IpAddress.v4(0xc0000201 + link);
    }

    private void assign(int link) {
        if (assigned.add(addressOf(link))) {
            links.get(link).add(addressOf(link), 32);
        }
    }

    private void happen(Step step) {
        FakeLink link = links.get(step.link());
        switch (step.happening()) {
            case DOWN, UP -> link.up(step.happening() == Happening.UP);
            case CARRIER_LOST, CARRIER_BACK -> link.carrier(step.happening() == Happening.CARRIER_BACK);
            case ADDRESS_GONE -> {
                assigned.remove(addressOf(step.link()));
                link.remove(addressOf(step.link()));
            }
            case ADDRESS_BACK -> assign(step.link());
            case ROUTE_GONE, ROUTE_BACK -> link.defaultRoute(step.happening() == Happening.ROUTE_BACK);
            default -> {
                for (int i = 0; i < FLOOD; i++) {
                    link.carrier(i % 2 == 0);
                }
            }
        }
    }

    /** Makes everything work again. */
    private void settle() {
        for (int i = 0; i < LINKS; i++) {
            links.get(i).up(true);
            links.get(i).carrier(true);
            links.get(i).defaultRoute(true);
            assign(i);
        }
    }

    private void hear(Event event) {
        if (event instanceof LocalAddressAdded added) {
            assertTrue(told.add(added.address()), () -> "told twice that there is " + added.address());
        } else if (event instanceof LocalAddressRemoved removed) {
            assertTrue(told.remove(removed.address()), () -> "never told of " + removed.address());
        }
    }

    private static List<LocalAddress> seenAfresh(FakeKernel kernel) throws LinuxException {
        LocalAddresses fresh = new LocalAddresses(AddressFilter.DEFAULT);
        try (RouteChannel channel = RouteChannel.open(kernel, NetworkNamespace.current(), fresh)) {
            channel.refresh("", event -> {});
            return fresh.usable();
        }
    }
}
