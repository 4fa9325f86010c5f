package org.smapp.api.event;

/** What the kernel told of its Multipath TCP sockets. */
public sealed interface KernelEvent extends Event permits ConnectionEvent, ListenerCreated, ListenerClosed {}
