package io.osmj.demo.scene;

import java.io.IOException;
import java.nio.file.Path;

/** How many connections of its application a sidecar has taken so far. */
final class Connections {
    private static final String COUNTER = "listener.0.0.0.0_15001.downstream_cx_total: ";

    private Connections() {}

    /** Asks the sidecar; -1 when it does not answer. */
    static long ask(Path adminSocket) {
        try {
            return AdminSocket.get(adminSocket, "/stats?filter=downstream_cx_total")
                    .lines()
                    .filter(line -> line.startsWith(COUNTER))
                    .mapToLong(line -> Long.parseLong(line.substring(COUNTER.length())))
                    .findFirst()
                    .orElse(-1);
        } catch (IOException e) {
            return -1;
        }
    }
}
