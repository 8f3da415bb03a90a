package io.osmj.core.intercept;

import java.util.Arrays;
import java.util.Optional;

/** Where a sidecar finds the application of its pod, in the words of MeshConfig. */
public enum LocalProxyMode {
    /** On 127.0.0.1. */
    LOCALHOST("Localhost"),
    /** On the pod's address, for applications that listen on it alone. */
    POD_IP("PodIP");

    private final String word;

    LocalProxyMode(String word) {
        this.word = word;
    }

    /** As it is written. */
    public String word() {
        return word;
    }

    /** The mode of a word; empty if it is none. */
    public static Optional<LocalProxyMode> parse(String word) {
        return Arrays.stream(values()).filter(mode -> mode.word.equals(word)).findFirst();
    }

    /** The mode of a setting. */
    public static LocalProxyMode of(boolean podIp) {
        return podIp ? POD_IP : LOCALHOST;
    }
}
