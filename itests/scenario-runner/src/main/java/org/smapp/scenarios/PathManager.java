package org.smapp.scenarios;

import org.smapp.testkit.lab.Host;
import org.smapp.testkit.lab.Lab;
import org.smapp.testkit.lab.LabException;

/** Who decides on a host's subflows. */
interface PathManager {

    /** Returns what tables and plots call it. */
    String name();

    /** Takes charge of a host, until the lab closes or the result does. */
    InCharge start(Lab lab, Host host);

    /** A path manager at work. */
    interface InCharge extends AutoCloseable {

        /** Returns what it has to say when something went wrong. */
        String lastWords();

        @Override
        void close();

        /** Runs {@code work}; if it fails, the message also has the last words. */
        default void explaining(Runnable work) {
            try {
                work.run();
            } catch (LabException e) {
                throw new LabException(e.getMessage() + "\n" + lastWords(), e);
            }
        }
    }
}
