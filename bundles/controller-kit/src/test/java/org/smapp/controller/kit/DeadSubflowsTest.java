package org.smapp.controller.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.smapp.api.IpAddress;
import org.smapp.api.Subflow;
import org.smapp.api.controller.ConnectionHandler;
import org.smapp.api.event.LocalAddressRemoved;
import org.smapp.api.event.SubflowEstablished;
import org.smapp.testkit.controller.FakeConnection;

final class DeadSubflowsTest {

    private static final List<String> NOTHING = List.of();

    private final FakeConnection connection = FakeConnection.client("10.0.1.2", "10.9.0.1:443")
            .with("10.0.1.2", "wan1")
            .with("10.0.2.2", "wan2")
            .established();
    private final DeadSubflows dead = new DeadSubflows(connection);

    DeadSubflowsTest() {
        connection.givenTo(given -> new ConnectionHandler() {
            @Override
            public void onLocalAddressRemoved(LocalAddressRemoved event) {
                dead.add(event);
            }

            @Override
            public void onSubflowEstablished(SubflowEstablished event) {
                dead.established();
            }
        });
    }

    private Subflow first() {
        return connection.subflows().get(0);
    }

    private void ask(String local) {
        connection.create(
                IpAddress.parse(local), connection.remoteAddresses().get(0).at());
        connection.commands();
    }

    private Subflow open(String local) {
        ask(local);
        return connection.join();
    }

    private static String destroy(Subflow subflow) {
        return "destroy subflow " + subflow.tuple();
    }

    @Test
    void shouldCloseThemAtOnceWhenAnotherWorks() {
        Subflow second = open("10.0.2.2");
        connection.removeLocal("10.0.1.2");
        assertEquals(List.of("withdraw address id 0", destroy(first())), connection.commands());
        assertEquals(List.of(second), dead.others());
    }

    /** The events of a line that goes, with both its families, come before those of the subflows that were closed. */
    @Test
    void shouldCloseThemOnce() {
        connection.with("2001:db8::1", "wan1");
        open("10.0.2.2");
        connection.removeLocal("10.0.1.2");
        connection.commands();
        connection.removeLocal("2001:db8::1");
        open("10.0.2.2");
        assertEquals(NOTHING, connection.commands());
    }

    @Test
    void shouldKeepTheLastUntilAnotherWorks() {
        connection.removeLocal("10.0.1.2");
        assertEquals(NOTHING, connection.commands());
        assertEquals(NOTHING, dead.others());
        open("10.0.2.2");
        assertEquals(List.of("withdraw address id 0", destroy(first())), connection.commands());
    }

    @Test
    void shouldNotTrustOneThatIsConnecting() {
        ask("10.0.2.2");
        connection.removeLocal("10.0.1.2");
        assertEquals(NOTHING, connection.commands());
        assertEquals(1, dead.others().size());
    }

    @Test
    void shouldKeepTheLastOfTwoThatGoTogether() {
        Subflow second = open("10.0.2.2");
        connection.removeLocal("10.0.1.2");
        connection.commands();
        connection.removeLocal("10.0.2.2");
        assertEquals(NOTHING, connection.commands());
        connection.close(first(), 0);
        assertEquals(List.of(second), connection.subflows());
    }

    @Test
    void shouldLetANewOneTakeThePlaceWhenTheAddressComesBack() {
        connection.removeLocal("10.0.1.2");
        connection.addLocal("10.0.1.2", "wan1");
        assertEquals(NOTHING, connection.commands());
        open("10.0.1.2");
        assertEquals(List.of(destroy(first())), connection.commands());
    }

    @Test
    void shouldTellThePeerOnceOfEachAddress() {
        open("10.0.2.2");
        Subflow another = open("10.0.1.2");
        connection.removeLocal("10.0.1.2");
        assertEquals(List.of("withdraw address id 0", destroy(first()), destroy(another)), connection.commands());
    }

    @Test
    void shouldLeaveAConnectionAloneThatCanHaveNoOther() {
        FakeConnection young = FakeConnection.client("10.0.1.2", "10.9.0.1:443").with("10.0.1.2", "wan1");
        DeadSubflows its = new DeadSubflows(young);
        young.givenTo(given -> new ConnectionHandler() {
            @Override
            public void onLocalAddressRemoved(LocalAddressRemoved event) {
                its.add(event);
            }
        });
        young.removeLocal("10.0.1.2");
        assertEquals(NOTHING, young.commands());
        assertEquals(young.subflows(), its.others());
    }
}
