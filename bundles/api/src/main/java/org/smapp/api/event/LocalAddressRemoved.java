package org.smapp.api.event;

import java.util.Map;
import org.smapp.api.LocalAddress;

/**
 * A local address is no longer usable: it was deleted, or its link went down or lost carrier.
 *
 * @param address the address as it was
 * @param reason what happened
 */
public record LocalAddressRemoved(LocalAddress address, String reason) implements PlatformEvent {

    /** Its topic. */
    public static final String TOPIC = TOPIC_PREFIX + "LOCAL_ADDRESS_REMOVED";

    @Override
    public String topic() {
        return TOPIC;
    }

    @Override
    public Map<String, Object> properties() {
        return new EventProperties().with(address).with("reason", reason).map();
    }

    @Override
    public String sentence() {
        return "local address " + address + " is not usable: " + reason;
    }
}
