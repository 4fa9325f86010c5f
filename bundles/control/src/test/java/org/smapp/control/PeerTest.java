package org.smapp.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.attribute.UserPrincipal;
import org.junit.jupiter.api.Test;

class PeerTest {

    @Test
    void shouldLetRootCommandWhoeverRunsTheDaemon() throws IOException {
        assertTrue(Peer.of(user("0"), user("12345")).mayCommand());
    }

    @Test
    void shouldLetTheDaemonsUserCommand() throws IOException {
        assertTrue(Peer.of(user("12345"), user("12345")).mayCommand());
    }

    @Test
    void shouldRefuseEverybodyElseInOneSentence() throws IOException {
        Peer stranger = Peer.of(user("12346"), user("12345"));

        assertFalse(stranger.mayCommand());
        BadRequest refused = assertThrows(BadRequest.class, stranger::checkMayCommand);
        assertEquals(
                "Only root and the user 12345, who runs the daemon, may give commands; you are 12346. Try it with sudo.",
                refused.getMessage());
        assertEquals(
                "Only root may give commands; you are 12346. Try it with sudo.",
                assertThrows(BadRequest.class, Peer.of(user("12346"), user("root"))::checkMayCommand)
                        .getMessage());
    }

    private static UserPrincipal user(String name) throws IOException {
        return FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName(name);
    }
}
