package org.smapp.timeouts;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smapp.api.event.SubflowTimeout;
import org.smapp.api.measure.Measurements;
import org.smapp.api.timeout.TimeoutIntake;
import org.smapp.linux.Bpf;
import org.smapp.linux.Linux;
import org.smapp.linux.NetworkNamespace;

/** Chooses where timeouts come from: one source at a time, so that none is reported twice. */
@Component(
        service = {},
        immediate = true,
        configurationPid = "org.smapp.timeouts",
        configurationPolicy = ConfigurationPolicy.OPTIONAL)
@Designate(ocd = TimeoutsComponent.Settings.class)
public final class TimeoutsComponent {

    private static final Logger LOG = LoggerFactory.getLogger(TimeoutsComponent.class);
    private static final Path MOUNTS = Path.of("/proc/self/mounts");

    /** What can be configured. */
    @ObjectClassDefinition(name = "SMAPP timeouts", description = "Where SUBFLOW_TIMEOUT events come from.")
    @interface Settings {
        @AttributeDefinition(
                name = "Source",
                description =
                        "Where SUBFLOW_TIMEOUT events come from. When a source can't be had, those after it are tried;"
                                + " auto begins with the first.",
                options = {
                    @Option(label = "the best there is", value = "auto"),
                    @Option(label = "eBPF, called by TCP (sock_ops)", value = "sock_ops"),
                    @Option(label = "eBPF at a tracepoint", value = "tracepoint"),
                    @Option(label = "polling", value = "polling"),
                    @Option(label = "none", value = "none")
                })
        String source() default "auto";

        @AttributeDefinition(
                name = "Polling interval",
                description = "Milliseconds between two looks at the subflows, where they are polled.",
                min = "10",
                max = "60000")
        long pollIntervalMs() default 100;
    }

    private final TimeoutIntake intake;
    private AutoCloseable source;

    /** Starts the source that can be had. */
    @Activate
    public TimeoutsComponent(
            Settings settings,
            @Reference TimeoutIntake intake,
            @Reference Measurements measurements,
            @Reference Linux linux,
            @Reference Bpf bpf) {
        this.intake = intake;
        if (settings.source().equals("none")) {
            describe("none", "The configuration org.smapp.timeouts asks for none.");
            return;
        }
        Set<String> reasons = new LinkedHashSet<>();
        for (BpfTimeouts.Way way : wanted(settings.source())) {
            try {
                source = listen(way, linux, bpf);
                reasons.add("The kernel tells of each expiry at once.");
                describe(name(way), String.join(" ", reasons));
                return;
            } catch (Unavailable e) {
                LOG.debug("No timeouts by {}", way, e);
                reasons.add(e.getMessage());
            }
        }
        poll(measurements, settings.pollIntervalMs(), String.join(" ", reasons));
    }

    private static List<BpfTimeouts.Way> wanted(String source) {
        return switch (source) {
            case "polling" -> List.of();
            case "tracepoint" -> List.of(BpfTimeouts.Way.TRACEPOINT);
            default -> List.of(BpfTimeouts.Way.SOCK_OPS, BpfTimeouts.Way.TRACEPOINT);
        };
    }

    private static String name(BpfTimeouts.Way way) {
        return way == BpfTimeouts.Way.SOCK_OPS ? "eBPF (sock_ops)" : "eBPF (tracepoint)";
    }

    private BpfTimeouts listen(BpfTimeouts.Way way, Linux linux, Bpf bpf) throws Unavailable {
        NetworkNamespace namespace = new NetworkNamespace(Path.of(intake.namespace()));
        return BpfTimeouts.open(way, linux, bpf, namespace, MOUNTS, new BpfTimeouts.Sink() {
            @Override
            public void expired(SubflowTimeout timeout, long expiredNanos) {
                intake.offer(timeout);
            }

            @Override
            public void lost(long count) {
                intake.lost(count);
            }
        });
    }

    private void poll(Measurements measurements, long intervalMs, String reason) {
        source = measurements.sample(Duration.ofMillis(intervalMs), new PolledTimeouts(intake::offer));
        describe(
                "polling each " + intervalMs + " ms",
                reason.isEmpty() ? "The configuration org.smapp.timeouts asks for it." : reason);
    }

    private void describe(String name, String reason) {
        intake.describe(name, reason);
        LOG.info("Timeouts come from {}: {}", name, reason);
    }

    /** Ends the source. */
    @Deactivate
    public void stop() throws Exception {
        if (source != null) {
            source.close();
        }
        intake.describe("none", "The bundle org.smapp.timeouts is stopped.");
    }
}
