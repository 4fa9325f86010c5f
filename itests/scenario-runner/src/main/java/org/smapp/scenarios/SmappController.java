package org.smapp.scenarios;

import java.nio.file.Path;
import org.smapp.testkit.gateway.Smapp;
import org.smapp.testkit.lab.Host;
import org.smapp.testkit.lab.Lab;

/**
 * SMAPP whose connections all belong to one controller.
 *
 * @param home the folder of the distribution
 * @param settings of the controller, as its {@code .cfg} file would have them
 */
record SmappController(Path home, String controller, String settings) implements PathManager {

    /** SMAPP with the settings that the controller ships with. */
    static SmappController with(Path home, String controller) {
        return new SmappController(home, controller, "");
    }

    @Override
    public String name() {
        return "smapp " + controller;
    }

    @Override
    public InCharge start(Lab lab, Host host) {
        Smapp smapp = new Smapp(lab, host, home).deployShipped();
        smapp.configure("org.smapp.rule-default", "ranking = 0\nside = any\ncontroller = " + controller + "\n");
        smapp.configure("org.smapp.controller." + controller, settings);
        smapp.start();
        return new InCharge() {
            @Override
            public String lastWords() {
                return smapp.lastWords();
            }

            @Override
            public void close() {
                smapp.stop();
            }
        };
    }
}
