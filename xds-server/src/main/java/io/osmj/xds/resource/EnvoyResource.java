package io.osmj.xds.resource;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import java.util.Collection;

/**
 * One resource as it goes over the wire. It is serialised once, however many proxies get it.
 *
 * @param type what it is
 * @param name the name it is subscribed to by; never empty
 * @param version the hash of the body, so that it is the same after a restart and on every replica
 * @param body the message, serialised deterministically
 * @param endpointName for a cluster that takes its endpoints from the server, the name of the {@link
 *     ResourceType#ENDPOINT} that has to follow it, because a changed cluster waits for its endpoints to be sent again;
 *     otherwise empty
 */
public record EnvoyResource(ResourceType type, String name, String version, ByteString body, String endpointName) {

    /**
     * A resource made of its message.
     *
     * <p>Maps inside a packed {@code Any} keep the order in which they were filled, so fill them sorted.
     *
     * @throws IllegalArgumentException if the message is not of that type, the name is empty, or the message carries
     *     another name
     */
    public static EnvoyResource of(ResourceType type, String name, Message message) {
        check(type, name, message);
        ByteString body = Serialisation.bytes(message);
        String endpoints = message instanceof Cluster cluster ? endpointName(cluster) : "";
        return new EnvoyResource(type, name, Serialisation.version(body), body, endpoints);
    }

    private static void check(ResourceType type, String name, Message message) {
        String found = message.getDescriptorForType().getFullName();
        if (!found.equals(type.messageName())) {
            throw new IllegalArgumentException(
                    type + " '" + name + "' is made of " + type.messageName() + ", not of " + found);
        }
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a resource of type " + type + " has no name");
        }
        if (type.nameField().isEmpty()) {
            return;
        }
        FieldDescriptor field = message.getDescriptorForType().findFieldByName(type.nameField());
        if (!name.equals(message.getField(field))) {
            throw new IllegalArgumentException(type + " '" + name + "' calls itself '" + message.getField(field)
                    + "' in its " + type.nameField() + "; Envoy would file it under that name");
        }
    }

    private static String endpointName(Cluster cluster) {
        if (cluster.getType() != Cluster.DiscoveryType.EDS) {
            return "";
        }
        String service = cluster.getEdsClusterConfig().getServiceName();
        return service.isEmpty() ? cluster.getName() : service;
    }

    /** The same under a version that says more than a hash. */
    public EnvoyResource under(CertificateVersion other) {
        return new EnvoyResource(type, name, other.text(), body, endpointName);
    }

    /** The version of several resources together: the hash of their names and versions, in this order. */
    public static String version(Collection<EnvoyResource> resources) {
        StringBuilder all = new StringBuilder();
        resources.forEach(resource -> all.append(resource.name())
                .append('\n')
                .append(resource.version())
                .append('\n'));
        return Serialisation.version(ByteString.copyFromUtf8(all.toString()));
    }

    /** Type, name, version and size. Never the body: it may be a private key. */
    @Override
    public String toString() {
        return type + " " + name + " @" + version + " (" + body.size() + " bytes)";
    }
}
