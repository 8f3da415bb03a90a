package io.osmj.xds.serve;

import io.grpc.Status;
import java.util.Optional;

/** What a client may not do within one stream. */
final class Manners {
    private static final int LONGEST_TYPE_URL = 256;

    /** It is kept as long as the stream lasts. */
    private static final int LONGEST_NODE = 1_000;

    private String nodeId = "";

    /** Why a stream with this request has to end; empty if it may go on. */
    Optional<Status> fault(String node, String typeUrl) {
        if (!node.isEmpty() && !nodeId.isEmpty() && !node.equals(nodeId)) {
            return Optional.of(Status.INVALID_ARGUMENT.withDescription("the node changed within the stream"));
        }
        if (node.length() > LONGEST_NODE) {
            return Optional.of(Status.INVALID_ARGUMENT.withDescription("the node's id is longer than " + LONGEST_NODE));
        }
        if (typeUrl.length() > LONGEST_TYPE_URL) {
            return Optional.of(Status.INVALID_ARGUMENT.withDescription("type_url is longer than " + LONGEST_TYPE_URL));
        }
        nodeId = node.isEmpty() ? nodeId : node;
        return Optional.empty();
    }
}
