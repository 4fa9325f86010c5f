package org.smapp.core.family;

/** What the kernels of a family can't do or don't tell, in words for an operator. */
public enum Lack {
    LISTENER_EVENTS("listening sockets are not told of"),
    SERVER_SIDE("events don't say which end opened a connection"),
    RESET_REASONS("why a subflow was reset is not told"),
    LISTING("connections can't be listed, so that those from before the start are not found"),
    ENDPOINTS("the in-kernel path manager has no endpoints to administer"),
    NAMESPACES("only the first network namespace can be managed");

    private final String sentence;

    Lack(String sentence) {
        this.sentence = sentence;
    }

    @Override
    public String toString() {
        return sentence;
    }
}
