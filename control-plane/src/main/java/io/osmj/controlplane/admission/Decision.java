package io.osmj.controlplane.admission;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.List;

/** What the API server is told. */
sealed interface Decision {
    /** What the person behind the request is shown beside the result. */
    List<String> warnings();

    /** Admitted as it is. */
    record Allowed(List<String> warnings) implements Decision {
        static final Allowed SILENTLY = new Allowed(List.of());

        public Allowed {
            warnings = List.copyOf(warnings);
        }
    }

    /** Admitted with changes (RFC 6902). */
    record Patched(ArrayNode patch, List<String> warnings) implements Decision {
        public Patched {
            warnings = List.copyOf(warnings);
        }
    }

    /** Refused, and why. */
    record Denied(String message, List<String> warnings) implements Decision {
        public Denied {
            warnings = List.copyOf(warnings);
        }

        Denied(String message) {
            this(message, List.of());
        }
    }
}
