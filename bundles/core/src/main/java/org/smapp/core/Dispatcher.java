package org.smapp.core;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smapp.api.controller.SubflowController;
import org.smapp.core.agent.Desired;
import org.smapp.core.agent.InstalledController;
import org.smapp.core.agent.Supervisor;
import org.smapp.core.rule.Policy;
import org.smapp.core.rule.Rule;

/**
 * Tells the agent which controllers, policies and rules there are, as they come and go. Apart from {@link CoreComponent},
 * so that controllers may use its services without a circle.
 */
@Component(
        service = {},
        immediate = true)
public final class Dispatcher {

    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    /** How long a controller's bundle waits with its stop until the agent has let go of it. */
    private static final long RELEASE_TIMEOUT_MS = 2_000;

    private final Supervisor agent;
    private final Map<ServiceReference<?>, InstalledController> controllers = new ConcurrentHashMap<>();
    private final Map<PolicyComponent, Policy> policies = new ConcurrentHashMap<>();
    private final Map<RuleComponent, Rule> rules = new ConcurrentHashMap<>();

    /** Begins to tell. */
    @Activate
    public Dispatcher(@Reference AgentPathManager core) {
        agent = core.supervisor();
    }

    @Reference(
            service = SubflowController.class,
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC)
    void addController(ServiceReference<SubflowController> reference, SubflowController service) {
        Object name = reference.getProperty(SubflowController.NAME);
        if (!(name instanceof String)) {
            LOG.error(
                    "A controller of bundle {} has no service property {}, so that no rule can name it: give it one",
                    reference.getBundle(),
                    SubflowController.NAME);
            return;
        }
        InstalledController controller = new InstalledController(
                (String) name,
                reference.getBundle().getVersion(),
                reference.getBundle().getSymbolicName(),
                (Long) reference.getProperty(Constants.SERVICE_ID),
                service,
                0,
                PolicyComponent.settings(reference));
        controllers.put(reference, controller);
        LOG.info("Controller {} came", controller);
        agent.desire(now -> now.with(controller));
    }

    /** Its configuration changed: it acts on that at once, for all its connections. */
    void updatedController(ServiceReference<SubflowController> reference) {
        InstalledController controller = controllers.computeIfPresent(
                reference, (its, last) -> last.reconfigured(PolicyComponent.settings(reference)));
        if (controller != null) {
            agent.desire(now -> now.with(controller));
        }
    }

    void removeController(ServiceReference<SubflowController> reference) throws InterruptedException {
        InstalledController controller = controllers.remove(reference);
        if (controller == null) {
            return;
        }
        LOG.info("Controller {} goes", controller);
        Desired without = agent.desire(now -> now.without(controller));
        if (!agent.awaitReached(without, RELEASE_TIMEOUT_MS)) {
            LOG.warn("The agent has not let go of {} within {} ms", controller, RELEASE_TIMEOUT_MS);
        }
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addPolicy(PolicyComponent policy) {
        updatedPolicy(policy);
    }

    void updatedPolicy(PolicyComponent component) {
        component.policy().ifPresent(policy -> policies.put(component, policy));
        tellPolicies();
    }

    void removePolicy(PolicyComponent policy) {
        policies.remove(policy);
        tellPolicies();
    }

    private void tellPolicies() {
        agent.desire(now -> now.withPolicies(List.copyOf(policies.values())));
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addRule(RuleComponent rule) {
        updatedRule(rule);
    }

    void updatedRule(RuleComponent component) {
        component.rule().ifPresent(rule -> rules.put(component, rule));
        tellRules();
    }

    void removeRule(RuleComponent rule) {
        rules.remove(rule);
        tellRules();
    }

    private void tellRules() {
        agent.desire(now -> now.withRules(List.copyOf(rules.values())));
    }
}
