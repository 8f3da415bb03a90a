package io.osmj.xds.serve;

import io.osmj.xds.resource.ResourceType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a client says in one delta request, free of its wire form.
 *
 * @param type which resources it is about
 * @param subscribe names it wants, {@code *} for all
 * @param unsubscribe names it wants no more
 * @param held versions it has by name; counts only in the first request for a type in a stream
 * @param nonce of the response it answers; empty if it answers none
 * @param refusal why it refuses that response; present makes the request a NACK, whatever else it says
 */
record DeltaRequest(
        ResourceType type,
        List<String> subscribe,
        List<String> unsubscribe,
        Map<String, String> held,
        String nonce,
        Optional<String> refusal) {}
