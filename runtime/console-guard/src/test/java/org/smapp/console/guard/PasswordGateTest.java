package org.smapp.console.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordGateTest {

    private final PasswordGate gate = new PasswordGate("admin", PasswordGate.hash("right:word"));
    private int status;

    @Test
    void shouldLetTheRightPasswordIn() {
        assertEquals("admin", authenticate(gate, basic("admin:right:word")));
        assertTrue(gate.warnings().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"admin:", "admin", "root:right:word", "admin:admin", ""})
    void shouldRefuseAllOthersAndSaySo(String credentials) {
        assertNull(authenticate(gate, basic(credentials)));
        assertEquals(HttpServletResponse.SC_UNAUTHORIZED, status);
        assertEquals(
                "1 logins to the web console were refused since the start: wrong user or password",
                gate.warnings().get(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic", "Basic %%%", "Bearer YQ==", ""})
    void shouldRefuseWhatIsNoLogin(String header) {
        assertNull(authenticate(gate, header));
    }

    @Test
    void shouldAskWhoeverSaysNothing() {
        assertNull(authenticate(gate, null));
        assertTrue(gate.warnings().isEmpty());
    }

    @Test
    void shouldLetNobodyInWithoutAPassword() {
        assertNull(authenticate(new PasswordGate(null, null), basic("admin:admin")));
    }

    private Object authenticate(PasswordGate asked, String header) {
        return asked.authenticate(
                fake(HttpServletRequest.class, (proxy, method, arguments) -> header),
                fake(HttpServletResponse.class, (proxy, method, arguments) -> {
                    status = method.getName().equals("setStatus") ? (int) arguments[0] : status;
                    return null;
                }));
    }

    private static <T> T fake(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static String basic(String credentials) {
        return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    }
}
