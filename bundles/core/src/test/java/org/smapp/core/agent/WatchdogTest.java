package org.smapp.core.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** When a controller is warned of and when it is given up, by a clock that the test sets. */
final class WatchdogTest {

    private static final long SLOW_MS = 50;
    private static final long STUCK_MS = 1_000;
    private static final Duration EVERY = Duration.ofMillis(SLOW_MS / 2);

    private final Logger logger = (Logger) LoggerFactory.getLogger(Watchdog.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final ManualClock clock = new ManualClock();
    private final InstalledController mesh = new ScriptedController("mesh", "1.0.0").installed();
    private final List<String> replaced = new ArrayList<>();
    private CallWatch watch = new CallWatch();
    private int revived;
    private long progress;
    private int hung;
    private int placed;

    private final Watchdog watchdog = new Watchdog(
            new Watchdog.Ward() {
                @Override
                public CallWatch watch() {
                    return watch;
                }

                @Override
                public Precedence.Thread thread() {
                    return first -> {
                        placed++;
                        return true;
                    };
                }

                @Override
                public AgentSettings settings() {
                    return new AgentSettings(1 << 16, 1_000, 0, SLOW_MS, STUCK_MS, 100, AddressFilter.DEFAULT);
                }

                @Override
                public void replaceStuck(CallWatch stuck, InstalledController controller, String why) {
                    assertTrue(stuck.isFenced());
                    replaced.add(controller + " " + why);
                    watch = new CallWatch();
                }

                @Override
                public long progress() {
                    return progress;
                }

                @Override
                public void replaceHanging(CallWatch hanging) {
                    hung++;
                }

                @Override
                public void reviveIfDead() {
                    revived++;
                }
            },
            clock,
            () -> {},
            new Precedence(Path.of("/nowhere")));

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
        logger.setAdditive(false);
        logger.setLevel(Level.INFO);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(log);
        logger.setAdditive(true);
    }

    private void look(int times) {
        for (int i = 0; i < times; i++) {
            clock.advance(EVERY);
            watchdog.look();
        }
    }

    private List<String> warnings() {
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Test
    void shouldLookAfterTheAgentsThreadWhileNoControllerIsCalled() {
        look(3);
        assertEquals(3, revived);
        assertEquals(1, placed, "where the pressure is not known, the agent goes first for good");
        assertEquals(0, watchdog.slowCalls());
    }

    @Test
    void shouldWarnOnceOfASlowCall() {
        watch.begin(mesh, "manage()");
        look(2);
        assertEquals(0, watchdog.slowCalls());
        look(1);
        assertEquals(1, watchdog.slowCalls());
        look(10);
        assertEquals(1, watchdog.slowCalls());
        assertEquals(List.of("Controller mesh 1.0.0 holds up everybody in manage(): it must never wait"), warnings());
        assertEquals(0, revived);
        assertEquals(List.of(), replaced);
    }

    @Test
    void shouldCountSlowCallsButWarnOnceASecond() {
        for (int i = 0; i < 4; i++) {
            watch.begin(mesh, "manage()");
            look(4);
            watch.end();
            look(1);
        }
        assertEquals(4, watchdog.slowCalls());
        assertEquals(1, warnings().size());
        clock.advance(Duration.ofSeconds(1));
        watch.begin(mesh, "manage()");
        look(4);
        assertEquals(2, warnings().size());
    }

    @Test
    void shouldCountEachCallFromItsOwnBeginning() {
        for (int i = 0; i < 200; i++) {
            watch.begin(mesh, "manage()");
            look(1);
            watch.end();
        }
        assertEquals(0, watchdog.slowCalls());
        assertFalse(watch.isFenced());
    }

    @Test
    void shouldGiveUpACallThatDoesNotEnd() {
        watch.begin(mesh, "manage()");
        look(40);
        assertEquals(List.of(), replaced);
        look(1);
        assertEquals(List.of("mesh 1.0.0 did not return from manage() for 1000 ms"), replaced);
        look(100);
        assertEquals(1, replaced.size());
    }

    @Test
    void shouldNotHoldAPauseOfTheMachineAgainstAController() {
        watch.begin(mesh, "manage()");
        look(1);
        for (int i = 0; i < 19; i++) {
            clock.advance(Duration.ofHours(1));
            watchdog.look();
        }
        assertEquals(List.of(), replaced, "19 looks stand for 19 times 50 ms at most");
        clock.advance(Duration.ofHours(1));
        watchdog.look();
        assertEquals(1, replaced.size());
    }

    @Test
    void shouldReplaceAnAgentThatHangsOutsideAnyCall() {
        progress = 1;
        look(400);
        assertEquals(0, hung);
        look(1);
        assertEquals(1, hung, "10 s after it was first seen there");
    }

    @Test
    void shouldLeaveAnAgentAloneThatWaitsOrGoesOn() {
        progress = 2;
        look(1_000);
        for (int i = 0; i < 1_000; i++) {
            progress = 2L * i + 1;
            look(1);
        }
        assertEquals(0, hung);
    }

    @Test
    void shouldNotTakeAStoppedProcessForAHangingAgent() {
        progress = 1;
        look(1);
        clock.advance(Duration.ofHours(8));
        watchdog.look();
        assertEquals(0, hung);
    }

    @Test
    void shouldStartAnewWithTheNextAgent() {
        watch.begin(mesh, "manage()");
        look(40);
        watch = new CallWatch();
        watch.begin(mesh, "manage()"); // has the same number
        look(40);
        assertEquals(List.of(), replaced);
    }
}
