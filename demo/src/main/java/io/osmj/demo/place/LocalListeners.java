package io.osmj.demo.place;

import io.osmj.core.names.Ports;
import io.osmj.demo.program.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Addresses of this machine's loopback network for pods: one for the sidecar of each, one for its application. Nothing is
 * intercepted. A caller dials its own sidecar and says with a PROXY header whom it calls; a callee's sidecar listens where
 * callers look for the application. Needs no privilege.
 *
 * <p>The kernel kills every process of it when the thread ends that started it, and so when this process does, whichever way.
 */
public final class LocalListeners implements Place {
    private static final int FIRST_NETWORK = 80;
    private static final int LAST_NETWORK = 120;

    /** Next to the control plane's port. Taken as long as this process lives, so that two demos do not meet. */
    private static final int MARK = Ports.XDS - 1;

    private final String network;
    private final ServerSocket mark;
    private final int user;

    private LocalListeners(String network, ServerSocket mark, int user) {
        this.network = network;
        this.mark = mark;
        this.user = user;
    }

    /**
     * Takes a network that no other demo has.
     *
     * @param user the numeric id of the user that this process runs as
     */
    public static LocalListeners take(int user) {
        for (int second = FIRST_NETWORK; second <= LAST_NETWORK; second++) {
            String network = "127." + second;
            Optional<ServerSocket> mark = mark(network + ".0.1");
            if (mark.isPresent()) {
                return new LocalListeners(network, mark.get(), user);
            }
        }
        throw new IllegalStateException("other demos have all the loopback addresses that there are for demos");
    }

    private static Optional<ServerSocket> mark(String address) {
        try {
            return Optional.of(new ServerSocket(MARK, 1, InetAddress.getByName(address)));
        } catch (BindException taken) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String description() {
        return "explicit local listeners on " + network + ".0.0/16, nothing is intercepted";
    }

    @Override
    public String podAddress(int number) {
        return network + ".0." + number;
    }

    @Override
    public String applicationAddress(int number) {
        return network + ".1." + number;
    }

    @Override
    public String controlPlaneAddress() {
        return network + ".0.1";
    }

    @Override
    public Optional<String> outbound(PodPlace pod) {
        return Optional.of(pod.address() + ":" + Ports.OUTBOUND);
    }

    @Override
    public void add(PodPlace pod) {
        // Loopback addresses are there already.
    }

    @Override
    public List<String> controlPlane(List<String> command) {
        return endingWithUs(command);
    }

    @Override
    public List<String> application(PodPlace pod, List<String> command) {
        return endingWithUs(command);
    }

    @Override
    public List<String> sidecar(PodPlace pod, List<String> command) {
        return endingWithUs(command);
    }

    private static List<String> endingWithUs(List<String> command) {
        return Stream.concat(Stream.of(Tool.path("setpriv"), "--pdeathsig", "KILL", "--"), command.stream())
                .toList();
    }

    @Override
    public int sidecarUser() {
        return user;
    }

    @Override
    public void close() {
        try {
            mark.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
