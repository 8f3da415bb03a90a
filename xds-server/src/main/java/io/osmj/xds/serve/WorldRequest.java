package io.osmj.xds.serve;

import io.osmj.xds.resource.ResourceType;
import java.util.List;
import java.util.Optional;

/**
 * What a client says in one state-of-the-world request, free of its wire form. Its version says nothing that the nonce
 * does not.
 *
 * @param type which resources it is about
 * @param names all it wants, {@code *} for all there are
 * @param nonce of the latest response it has; empty if it has none
 * @param refusal why it refuses that response; present makes the request a NACK, whatever else it says
 */
record WorldRequest(ResourceType type, List<String> names, String nonce, Optional<String> refusal) {}
