package org.smapp.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Set;

/**
 * Doors to the kernel that fail at one step, and count what stays open behind them. {@link #everywhere} lets each step of an
 * opening fail in turn. What other threads do is no step.
 */
public final class Breakage {

    /** What a test opens, with doors that {@link #in} made. */
    public interface Opening {
        AutoCloseable open(Breakage breakage) throws Exception;
    }

    private static final Set<String> NO_STEPS = Set.of("close", "descriptor", "portId", "describe", "wakeUp");

    private final Thread opener = Thread.currentThread();
    private final int failingStep;
    private final boolean checked;
    private int steps;
    private int open;

    private Breakage(int failingStep, boolean checked) {
        this.failingStep = failingStep;
        this.checked = checked;
    }

    /**
     * Opens and closes once without a fault, and then once for each step that this took, with that step failing: nothing may
     * stay open. Each step fails as the kernel lets it fail, and as a programming error would.
     */
    public static void everywhere(Opening opening) throws Exception {
        Breakage none = new Breakage(0, true);
        opening.open(none).close();
        assertTrue(none.steps > 0, "nothing was opened");
        assertEquals(0, none.open, "open after an orderly close");
        for (int step = 1; step <= none.steps; step++) {
            for (boolean checked : new boolean[] {true, false}) {
                Breakage breakage = new Breakage(step, checked);
                String which = "step " + step + " of " + none.steps + (checked ? "" : ", with a RuntimeException");
                assertThrows(Exception.class, () -> opening.open(breakage), which);
                assertEquals(0, breakage.open, "open after the failure of " + which);
            }
        }
    }

    /** Returns {@code real} with its steps counted, and with one that fails. */
    public <T> T in(Class<T> type, T real) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, new Door(real)));
    }

    private final class Door implements InvocationHandler {
        private final Object real;
        private boolean closed;

        Door(Object real) {
            this.real = real;
        }

        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
            step(method);
            if (method.getName().equals("close") && !closed) {
                closed = true;
                open--;
            }
            Object result = call(method, arguments);
            return AutoCloseable.class.isAssignableFrom(method.getReturnType()) ? opened(method, result) : result;
        }

        private void step(Method method) throws LinuxException {
            boolean counts = !NO_STEPS.contains(method.getName()) && method.getDeclaringClass() != Object.class;
            if (!counts || Thread.currentThread() != opener) {
                return;
            }
            steps++;
            if (steps == failingStep) {
                if (checked && Arrays.asList(method.getExceptionTypes()).contains(LinuxException.class)) {
                    throw new LinuxException(method.getName(), Errno.EPERM, "broken on purpose");
                }
                throw new IllegalStateException(method.getName() + " is broken on purpose");
            }
        }

        private Object call(Method method, Object[] arguments) throws Throwable {
            Object[] unwrapped = arguments == null ? new Object[0] : arguments.clone();
            for (int i = 0; i < unwrapped.length; i++) {
                if (unwrapped[i] != null
                        && Proxy.isProxyClass(unwrapped[i].getClass())
                        && Proxy.getInvocationHandler(unwrapped[i]) instanceof Door door) {
                    unwrapped[i] = door.real;
                }
            }
            try {
                return method.invoke(real, unwrapped);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }

        private <T> Object opened(Method method, Object result) {
            open++;
            @SuppressWarnings("unchecked")
            Class<T> type = (Class<T>) method.getReturnType();
            return in(type, type.cast(result));
        }
    }
}
