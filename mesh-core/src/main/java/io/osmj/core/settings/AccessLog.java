package io.osmj.core.settings;

import java.util.Arrays;
import java.util.Optional;

/** Which requests a sidecar writes a line about, by the words that MeshConfig uses. */
public enum AccessLog {
    /** Each of them, as in Open Service Mesh. */
    ALL("All"),

    /**
     * Those that did not go well: a status of 400 or more, a gRPC status that is not OK, or anything that Envoy itself found
     * amiss. What the mesh refuses is among them.
     */
    FAILURES("Failures"),

    /** None. */
    NONE("None");

    private final String word;

    AccessLog(String word) {
        this.word = word;
    }

    /** As in MeshConfig. */
    public String word() {
        return word;
    }

    /** The one of this word. */
    public static Optional<AccessLog> of(String word) {
        return Arrays.stream(values()).filter(one -> one.word.equals(word)).findFirst();
    }
}
