package io.osmj.integration.ondemand;

import io.osmj.core.names.Ports;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/**
 * The way from a pod to the control plane, which stands outside; a test can cut it, or one direction of it. Its near end is on the pod's loopback
 * address, where no rule stands between.
 */
final class Wire implements AutoCloseable {
    private final ServerSocket door;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile int target;
    private volatile boolean cut;
    private volatile CountDownLatch voice = new CountDownLatch(0);

    Wire(Namespace pod, int target) {
        this.target = target;
        this.door = pod.call(() -> new ServerSocket(Ports.XDS, 50, InetAddress.getLoopbackAddress()));
        start(this::accept);
    }

    /** Breaks every connection and lets no new one through. */
    void cut() {
        cut = true;
        open.forEach(Wire::quietly);
    }

    /** Lets connections through again, to this port. */
    void mend(int port) {
        target = port;
        cut = false;
    }

    /** Nothing that the pod says from now on comes through until {@link #unmute}; nothing of it is lost. */
    void mute() {
        voice = new CountDownLatch(1);
    }

    /** What the pod has said meanwhile comes through. */
    void unmute() {
        voice.countDown();
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket near = door.accept();
                if (cut) {
                    near.close();
                    continue;
                }
                Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
                near.setTcpNoDelay(true);
                far.setTcpNoDelay(true);
                open.add(near);
                open.add(far);
                start(() -> copy(near, far, this::awaitVoice));
                start(() -> copy(far, near, () -> {}));
            } catch (IOException _) {
                // The door was closed, or the target refused; either way this connection is over.
            }
        }
    }

    /** A thread of the platform: a virtual one would leave carriers in whatever namespace this happens to be. */
    private static void start(Runnable task) {
        Thread.ofPlatform().daemon().start(task);
    }

    private void awaitVoice() {
        try {
            voice.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void copy(Socket from, Socket to, Runnable before) {
        try (from;
                to;
                InputStream in = from.getInputStream()) {
            byte[] buffer = new byte[64 << 10];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                before.run();
                to.getOutputStream().write(buffer, 0, read);
            }
        } catch (IOException _) {
            // One end went; both are closed now.
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private static void quietly(Closeable socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        quietly(door);
        unmute();
        cut();
    }
}
