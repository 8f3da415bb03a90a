package io.osmj.xds.serve;

import io.osmj.xds.resource.EnvoyResource;
import io.osmj.xds.resource.ResourceType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One response to send.
 *
 * @param type of all that is in it
 * @param nonce unlike that of any other response of the stream
 * @param resources what is new, changed or asked for again; no name twice
 * @param removed names of what is gone or was never there; none of them among the resources
 */
record DeltaAnswer(ResourceType type, String nonce, List<EnvoyResource> resources, List<String> removed) {

    /** What a client says that accepts it. */
    DeltaRequest acknowledgement() {
        return new DeltaRequest(type, List.of(), List.of(), Map.of(), nonce, Optional.empty());
    }
}
