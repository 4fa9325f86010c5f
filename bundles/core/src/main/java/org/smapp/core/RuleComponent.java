package org.smapp.core;

import java.util.Locale;
import java.util.Map;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;
import org.smapp.core.agent.Rule;

/** One rule: a factory configuration {@code org.smapp.rule~NAME}. */
@Component(
        service = RuleComponent.class,
        immediate = true,
        configurationPid = RuleComponent.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = RuleComponent.Settings.class, factory = true)
public final class RuleComponent {

    static final String PID = "org.smapp.rule";

    /** What can be configured. */
    @ObjectClassDefinition(
            name = "SMAPP rule",
            description = "Which connections belong to which controller; the first rule that matches decides.")
    @interface Settings {
        @AttributeDefinition(name = "Ranking", description = "Rules with a higher number are asked first.")
        int ranking() default 0;

        @AttributeDefinition(
                name = "Side",
                description = "Which end of the connection this host must be.",
                options = {@Option("any"), @Option("client"), @Option("server")})
        String side() default "any";

        @AttributeDefinition(name = "Controller", description = "The controller's name, such as fullmesh.")
        String controller();
    }

    private final Rule rule;

    /** Reads the rule from its configuration. */
    @Activate
    public RuleComponent(Settings settings, Map<String, Object> properties) {
        String pid = String.valueOf(properties.get(Constants.SERVICE_PID));
        rule = new Rule(
                pid.substring(pid.indexOf('~') + 1),
                settings.ranking(),
                settings.side().toLowerCase(Locale.ROOT),
                settings.controller());
    }

    Rule rule() {
        return rule;
    }
}
