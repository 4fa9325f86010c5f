package org.smapp.linux.jnr;

import java.util.concurrent.Callable;
import org.osgi.service.component.annotations.Component;
import org.smapp.linux.Linux;
import org.smapp.linux.LinuxException;
import org.smapp.linux.MptcpListener;
import org.smapp.linux.NetlinkSocket;
import org.smapp.linux.NetworkNamespace;
import org.smapp.linux.Poller;
import org.smapp.linux.TapDevice;

/** Linux through jnr-ffi. Thread-safe. */
@Component(service = Linux.class)
public final class JnrLinux implements Linux {

    @Override
    public NetlinkSocket openNetlink(NetworkNamespace namespace, int protocol) throws LinuxException {
        return Namespaces.open(namespace, () -> JnrNetlinkSocket.open(protocol));
    }

    @Override
    public Poller openPoller() throws LinuxException {
        return JnrPoller.open();
    }

    @Override
    public TapDevice openTap(NetworkNamespace namespace, String name) throws LinuxException {
        return Namespaces.open(namespace, () -> JnrTapDevice.open(name));
    }

    @Override
    public MptcpListener openMptcpListener(NetworkNamespace namespace, byte[] address, int port) throws LinuxException {
        return Namespaces.open(namespace, () -> JnrMptcpListener.open(address, port));
    }

    @Override
    public <T> T inside(NetworkNamespace namespace, Callable<T> work) throws Exception {
        return Namespaces.call(namespace, work);
    }

    @Override
    public boolean favourThisThread() {
        return Scheduling.favourThisThread();
    }

    @Override
    public int thisThread() {
        return Scheduling.thisThread();
    }

    @Override
    public boolean holdBack(int thread) {
        return Scheduling.holdBack(thread);
    }

    @Override
    public boolean preempts(int thread, boolean does) {
        return Scheduling.preempts(thread, does);
    }

    @Override
    public String describe(int errno) {
        return Native.LIBC.strerror(errno);
    }
}
