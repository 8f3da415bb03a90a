package io.osmj.integration.bench;

import java.util.List;

/**
 * One way from a client to a server.
 *
 * @param name among the figures
 * @param pods where it begins and ends
 * @param url that is called
 * @param sidecars that it leads through, the client's first
 */
record Arm(String name, PodPair pods, String url, List<RunningEnvoy> sidecars) implements AutoCloseable {
    Arm {
        sidecars = List.copyOf(sidecars);
    }

    /** The same way for another URL. */
    Arm to(String other) {
        return new Arm(name, pods, other, sidecars);
    }

    /** What the client's sidecar has used. */
    Consumption caller() {
        return sidecars.getFirst().consumption();
    }

    /** Ends the client's sidecar; the server's stays for the next client. */
    @Override
    public void close() {
        sidecars.stream().limit(1).forEach(RunningEnvoy::close);
    }
}
