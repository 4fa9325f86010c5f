package org.smapp.itests;

import java.util.List;
import org.junit.runner.Description;
import org.junit.runner.notification.Failure;
import org.junit.runner.notification.RunNotifier;
import org.junit.runners.model.InitializationError;
import org.ops4j.pax.exam.junit.PaxExam;
import org.smapp.testkit.lab.LabRequirements;
import org.smapp.testkit.lab.Link;

/** Runs tests in the assembled platform. Where the machine can't carry a lab they are ignored; where CI is set they fail. */
public final class LabRunner extends PaxExam {

    public LabRunner(Class<?> tests) throws InitializationError {
        super(tests);
    }

    @Override
    public void run(RunNotifier notifier) {
        List<String> missing = LabRequirements.missingForTraffic(Link.Kind.best());
        if (missing.isEmpty()) {
            super.run(notifier);
        } else if (System.getenv("CI") != null) {
            notifier.fireTestFailure(new Failure(getDescription(), new AssertionError(String.join(" ", missing))));
        } else {
            System.out.println("Ignored: " + String.join(" ", missing));
            for (Description each : getDescription().getChildren()) {
                notifier.fireTestIgnored(each);
            }
        }
    }
}
