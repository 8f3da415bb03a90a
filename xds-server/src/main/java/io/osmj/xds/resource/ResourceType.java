package io.osmj.xds.resource;

import java.util.Optional;

/**
 * The kinds of resource a proxy is sent, in the order in which changes to them are sent: what is referred to goes ahead
 * of what refers to it. Removals go the other way round.
 */
public enum ResourceType {
    /** Certificates, keys and trusted roots. They rotate on their own, so nothing waits for them. */
    SECRET("envoy.extensions.transport_sockets.tls.v3.Secret", "name", false),
    /** Upstream clusters. */
    CLUSTER("envoy.config.cluster.v3.Cluster", "name", true),
    /** The addresses behind a cluster. */
    ENDPOINT("envoy.config.endpoint.v3.ClusterLoadAssignment", "cluster_name", false),
    /** Listeners. */
    LISTENER("envoy.config.listener.v3.Listener", "name", true),
    /** Route tables that listeners name. */
    ROUTE("envoy.config.route.v3.RouteConfiguration", "name", false),
    /**
     * Single virtual hosts of a route table. The resource's name is {@code <route table>/<virtual host>} and is not
     * repeated in the message.
     */
    VIRTUAL_HOST("envoy.config.route.v3.VirtualHost", "", false);

    private final String messageName;
    private final String nameField;
    private final boolean wildcard;

    ResourceType(String messageName, String nameField, boolean wildcard) {
        this.messageName = messageName;
        this.nameField = nameField;
        this.wildcard = wildcard;
    }

    /** The type's URL on the wire, {@code type.googleapis.com/...}. */
    public String typeUrl() {
        return "type.googleapis.com/" + messageName;
    }

    /** Whether a client may ask for all there is, by {@code *} or by an empty first request (xDS protocol, wildcard). */
    public boolean wildcard() {
        return wildcard;
    }

    /** The type with this URL, or empty if this server has none of them. */
    public static Optional<ResourceType> ofTypeUrl(String typeUrl) {
        for (ResourceType type : values()) {
            if (type.typeUrl().equals(typeUrl)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    /** The full name of the message, as in its descriptor. */
    String messageName() {
        return messageName;
    }

    /** The field of the message that repeats the resource's name; empty if the message does not. */
    String nameField() {
        return nameField;
    }
}
