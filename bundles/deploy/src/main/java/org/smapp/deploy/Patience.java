package org.smapp.deploy;

import java.util.HashMap;
import java.util.Map;

/**
 * Does one thing after the other with bundles, each on a thread of its own: what a bundle does when it starts or stops is its
 * author's code, which may not return. Then that bundle is named and left to it, and the others go on. Used by one thread.
 */
final class Patience {

    private record Task(Thread thread, String file) {}

    private final Problems problems;
    private final long ms;
    private final Map<String, Task> held = new HashMap<>();

    /** @param ms how long one thing may take until the next one is begun beside it */
    Patience(Problems problems, long ms) {
        this.problems = problems;
        this.ms = ms;
    }

    /** Returns whether something is still going on with a bundle of this symbolic name. */
    boolean isBusy(String symbolicName) {
        return held.containsKey(symbolicName);
    }

    /** Notes which of those that took too long have come to their end. */
    void look() {
        held.values().removeIf(each -> {
            boolean over = !each.thread.isAlive();
            if (over) {
                problems.set(each.file, Problems.Finder.WAIT, "");
            }
            return over;
        });
    }

    /**
     * Does something, and returns when it is done or has taken too long.
     *
     * @param held what is said about the file then
     */
    void run(String symbolicName, String file, String sentence, Runnable task) throws InterruptedException {
        Thread thread = new Thread(task, "smapp-deploy " + file);
        thread.setDaemon(true);
        thread.start();
        thread.join(ms);
        if (thread.isAlive()) {
            held.put(symbolicName, new Task(thread, file));
            problems.set(file, Problems.Finder.WAIT, sentence);
        }
    }
}
