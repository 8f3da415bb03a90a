package io.osmj.core.plan;

import io.osmj.core.identity.SpiffeId;
import io.osmj.core.policy.HttpMatch;
import java.util.List;

/** Who may use one inbound port. The peer has proved its identity by mTLS before this is asked. */
public sealed interface Authorization {

    /** Every identity of the mesh: permissive mode. */
    record AnyMeshPeer() implements Authorization {}

    /**
     * Only what one of these grants gives. No grant means nobody.
     *
     * @param grants in the order of their origins
     */
    record Granted(List<Grant> grants) implements Authorization {
        public Granted {
            grants = List.copyOf(grants);
        }
    }

    /**
     * One rule as one port sees it.
     *
     * @param origin the object the rule came from, as {@code Kind namespace/name}; Envoy's logs name it
     * @param peers whose identity is accepted; never empty
     * @param requests on an HTTP port, which requests, any of these; on a TCP port empty
     */
    record Grant(String origin, List<SpiffeId> peers, List<HttpMatch> requests) {
        public Grant {
            peers = List.copyOf(peers);
            requests = List.copyOf(requests);
        }
    }
}
