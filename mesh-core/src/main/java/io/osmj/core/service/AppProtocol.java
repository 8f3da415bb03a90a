package io.osmj.core.service;

import java.util.Locale;
import java.util.Optional;

/** What is spoken on a service port, by the words of OSM. */
public enum AppProtocol {
    HTTP("http"),
    GRPC("grpc"),
    TCP("tcp"),
    TCP_SERVER_FIRST("tcp-server-first");

    private final String word;

    AppProtocol(String word) {
        this.word = word;
    }

    /** The word as it stands in {@code appProtocol} or before the first part of a port name. */
    public String word() {
        return word;
    }

    /** Whether requests are seen one by one, so that HTTP rules apply. */
    public boolean http() {
        return this == HTTP || this == GRPC;
    }

    /** The protocol of that word, upper or lower case; empty for words the mesh does not carry, such as {@code https}. */
    public static Optional<AppProtocol> of(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        for (AppProtocol protocol : values()) {
            if (protocol.word.equals(lower)) {
                return Optional.of(protocol);
            }
        }
        return Optional.empty();
    }

    /**
     * The protocol that a port name declares as its prefix, else HTTP: OSM's rule for ports without {@code appProtocol}.
     */
    public static AppProtocol ofPortName(String portName) {
        if (portName.startsWith("tcp-server-first-")) {
            return TCP_SERVER_FIRST;
        }
        int dash = portName.indexOf('-');
        return dash < 0 ? HTTP : of(portName.substring(0, dash)).orElse(HTTP);
    }
}
