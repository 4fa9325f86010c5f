package org.smapp.core;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;
import org.smapp.api.InterfaceNames;
import org.smapp.api.Side;
import org.smapp.api.configuration.Configurations;
import org.smapp.core.rule.Conditions;
import org.smapp.core.rule.IpPrefix;
import org.smapp.core.rule.NumberSet;
import org.smapp.core.rule.Rule;

/**
 * One rule: a factory configuration {@code org.smapp.rule~NAME}. A value that makes no sense is named; a new rule is then not
 * in force, and a changed one stays as it was.
 */
@Component(
        service = RuleComponent.class,
        immediate = true,
        configurationPid = RuleComponent.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = RuleComponent.Settings.class, factory = true)
public final class RuleComponent {

    static final String PID = "org.smapp.rule";

    private static final long HIGHEST_PORT = 65_535;
    private static final long HIGHEST_UID = 4_294_967_294L;

    /** What can be configured. */
    @ObjectClassDefinition(
            name = "SMAPP rule",
            description =
                    "Which connections belong to which controller; the first rule that matches decides. A condition"
                            + " that is left empty always holds.")
    @interface Settings {
        @AttributeDefinition(name = "Ranking", description = "Rules with a higher number are asked first.")
        int ranking() default 0;

        @AttributeDefinition(
                name = "Side",
                description = "Which end of the connection this host must be.",
                options = {@Option("any"), @Option("client"), @Option("server")})
        String side() default "any";

        @AttributeDefinition(
                name = "Remote prefixes",
                description = "The peer's address must be in one of these, such as 192.0.2.0/24 or 2001:db8::1.")
        String[] remotePrefixes() default {};

        @AttributeDefinition(
                name = "Local prefixes",
                description =
                        "This host's address, as the connection began, must be in one of these, written in the same way.")
        String[] localPrefixes() default {};

        @AttributeDefinition(
                name = "Remote ports",
                description = "The peer's port must be among these, such as 443 or 8000-8999.")
        String[] remotePorts() default {};

        @AttributeDefinition(name = "Local ports", description = "This host's port must be among these.")
        String[] localPorts() default {};

        @AttributeDefinition(
                name = "Interfaces",
                description = "The interface that the connection began on must be among these; shell patterns such as"
                        + " wan*.")
        String[] interfaces() default {};

        @AttributeDefinition(
                name = "Users",
                description = "The number of the user whose program opened or accepted the connection must be among"
                        + " these, such as 0 or 1000-1999. As long as a rule has this, the kernel is asked for the user of"
                        + " each connection that the rule's other conditions fit, which takes some µs.")
        String[] uids() default {};

        @AttributeDefinition(
                name = "Controller",
                required = false,
                description = "The name of the controller that the connection belongs to, such as fullmesh.")
        String controller() default "";

        @AttributeDefinition(
                name = "Policy",
                required = false,
                description = "Instead of a controller: the name of the policy that the connection is under.")
        String policy() default "";
    }

    private final Configurations configurations;
    private volatile Rule rule;

    /** Waits for its configuration. */
    @Activate
    public RuleComponent(@Reference Configurations configurations) {
        this.configurations = configurations;
    }

    /** Reads the rule from its configuration, which may have changed. */
    @Activate
    @Modified
    void configure(Settings settings, Map<String, Object> properties) {
        String pid = String.valueOf(properties.get(Constants.SERVICE_PID));
        String name = pid.substring(pid.indexOf('~') + 1);
        try {
            Rule next = new Rule(
                    name,
                    settings.ranking(),
                    conditions(settings),
                    name(settings.controller()),
                    name(settings.policy()));
            demandOne(next);
            rule = next;
            configurations.right(pid);
        } catch (IllegalArgumentException e) {
            configurations.wrong(pid, rule != null, e.getMessage());
        }
    }

    /** Returns the rule, or nothing if it never made sense. */
    Optional<Rule> rule() {
        return Optional.ofNullable(rule);
    }

    private static Conditions conditions(Settings settings) {
        return new Conditions(
                side(settings.side()),
                prefixes("remotePrefixes", settings.remotePrefixes()),
                prefixes("localPrefixes", settings.localPrefixes()),
                numbers("remotePorts", settings.remotePorts(), HIGHEST_PORT),
                numbers("localPorts", settings.localPorts(), HIGHEST_PORT),
                interfaces(settings.interfaces()),
                numbers("uids", settings.uids(), HIGHEST_UID));
    }

    private static Side side(String text) {
        return switch (text.trim().toLowerCase(Locale.ROOT)) {
            case "any" -> null;
            case "client" -> Side.CLIENT;
            case "server" -> Side.SERVER;
            default -> throw new IllegalArgumentException("side: '" + text + "' is not any, client or server");
        };
    }

    private static String name(String text) {
        return text == null ? "" : text.trim();
    }

    private static void demandOne(Rule rule) {
        if (rule.controller().isEmpty() && rule.policy().isEmpty()) {
            throw new IllegalArgumentException("controller: no name is given, so that nobody would own the connections:"
                    + " add one such as fullmesh, or the name of a policy");
        }
        if (!rule.controller().isEmpty() && !rule.policy().isEmpty()) {
            throw new IllegalArgumentException(
                    "policy: the policy says which controller gets the connections: remove the key controller");
        }
    }

    private static List<IpPrefix> prefixes(String key, String[] values) {
        return named(key, () -> words(values).map(IpPrefix::parse).toList());
    }

    private static NumberSet numbers(String key, String[] values, long highest) {
        return named(key, () -> NumberSet.parse(words(values).toList(), highest));
    }

    private static InterfaceNames interfaces(String[] values) {
        return named("interfaces", () -> new InterfaceNames(words(values).toList()));
    }

    /** A list can be written as one, or as a text with commas. */
    private static Stream<String> words(String[] values) {
        return Arrays.stream(values)
                .flatMap(each -> Arrays.stream(each.split(",")))
                .map(String::trim)
                .filter(each -> !each.isEmpty());
    }

    private static <T> T named(String key, Supplier<T> parsed) {
        try {
            return parsed.get();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(key + ": " + e.getMessage(), e);
        }
    }
}
