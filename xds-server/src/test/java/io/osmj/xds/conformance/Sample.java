package io.osmj.xds.conformance;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.GenericSecret;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import io.osmj.xds.resource.EnvoyResource;
import io.osmj.xds.resource.ResourceType;

/** Resources of each type that are nothing but a name and a number. */
final class Sample {
    private Sample() {}

    static EnvoyResource of(ResourceType type, String name, int number) {
        return EnvoyResource.of(type, name, message(type, name, number));
    }

    private static Message message(ResourceType type, String name, int number) {
        return switch (type) {
            case CLUSTER ->
                Cluster.newBuilder()
                        .setName(name)
                        .setConnectTimeout(Duration.newBuilder().setSeconds(number))
                        .build();
            case LISTENER ->
                Listener.newBuilder()
                        .setName(name)
                        .setPerConnectionBufferLimitBytes(UInt32Value.of(number))
                        .build();
            case ROUTE ->
                RouteConfiguration.newBuilder()
                        .setName(name)
                        .setMaxDirectResponseBodySizeBytes(UInt32Value.of(number))
                        .build();
            case ENDPOINT ->
                ClusterLoadAssignment.newBuilder()
                        .setClusterName(name)
                        .setPolicy(ClusterLoadAssignment.Policy.newBuilder()
                                .setOverprovisioningFactor(UInt32Value.of(100 + number)))
                        .build();
            case SECRET ->
                Secret.newBuilder()
                        .setName(name)
                        .setGenericSecret(GenericSecret.newBuilder()
                                .setSecret(DataSource.newBuilder().setInlineString("secret " + number)))
                        .build();
            case VIRTUAL_HOST -> throw new IllegalArgumentException("virtual hosts are of no scenario");
        };
    }

    /** The name that the message of a resource gives itself. */
    static String name(ResourceType type, ByteString body) {
        try {
            Message message = message(type, "any", 1).getParserForType().parseFrom(body);
            String field = type == ResourceType.ENDPOINT ? "cluster_name" : "name";
            FieldDescriptor descriptor = message.getDescriptorForType().findFieldByName(field);
            return (String) message.getField(descriptor);
        } catch (InvalidProtocolBufferException e) {
            throw new Miss("the body of a " + type + " cannot be read: " + e.getMessage());
        }
    }
}
