package org.smapp.core.publish;

import java.util.ArrayList;
import java.util.List;

/** Reads what was handed over to be published. */
public final class HandedOver {

    private HandedOver() {}

    /** Takes everything out of {@code queue}. */
    public static List<Published> takeAll(PublishQueue queue) {
        List<Published> all = new ArrayList<>();
        try {
            while (queue.waiting() > 0) {
                all.add(queue.take());
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return all;
    }
}
