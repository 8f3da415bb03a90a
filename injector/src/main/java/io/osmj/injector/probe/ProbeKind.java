package io.osmj.injector.probe;

import io.osmj.core.names.Ports;

/** What the kubelet wants to know of a container. */
public enum ProbeKind {
    LIVENESS("liveness", Ports.LIVENESS),
    READINESS("readiness", Ports.READINESS),
    STARTUP("startup", Ports.STARTUP);

    private final String word;
    private final int port;

    ProbeKind(String word, int port) {
        this.word = word;
        this.port = port;
    }

    /** The word, as in {@code liveness}. */
    public String word() {
        return word;
    }

    /** The port on which the sidecar answers probes of this kind. */
    public int port() {
        return port;
    }

    /** The field of a container, as in {@code livenessProbe}. */
    public String field() {
        return word + "Probe";
    }

    /** What the kubelet asks the sidecar for; nothing else is answered on this port. */
    public String path(String container) {
        return "/osm-" + word + "-probe/" + container;
    }
}
