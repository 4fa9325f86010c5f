package org.smapp.api.event;

import java.util.Map;
import org.smapp.api.LocalAddress;

/**
 * A local address became usable: it was added, or its link got carrier, or its duplicate address detection ended well.
 *
 * @param address the address
 * @param reason what happened
 */
public record LocalAddressAdded(LocalAddress address, String reason) implements PlatformEvent {

    /** Its topic. */
    public static final String TOPIC = TOPIC_PREFIX + "LOCAL_ADDRESS_ADDED";

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
        return "local address " + address + " is usable: " + reason;
    }
}
