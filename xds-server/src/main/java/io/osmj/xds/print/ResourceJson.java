package io.osmj.integration.golden;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.StringValue;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.JsonFormat;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.extensions.access_loggers.stream.v3.StdoutAccessLog;
import io.envoyproxy.envoy.extensions.filters.http.rbac.v3.RBACPerRoute;
import io.envoyproxy.envoy.extensions.filters.http.router.v3.Router;
import io.envoyproxy.envoy.extensions.filters.listener.original_dst.v3.OriginalDst;
import io.envoyproxy.envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.set_filter_state.v3.Config;
import io.envoyproxy.envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy;
import io.envoyproxy.envoy.extensions.http.early_header_mutation.header_mutation.v3.HeaderMutation;
import io.envoyproxy.envoy.extensions.matching.common_inputs.network.v3.DestinationIPInput;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions;
import io.osmj.core.plan.Authorization;
import io.osmj.core.plan.Destination;
import io.osmj.core.policy.TcpAllowance;
import io.osmj.xds.resource.EnvoyResource;
import io.osmj.xds.resource.ResourceSet;
import io.osmj.xds.resource.ResourceType;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Records and Envoy resources as YAML that a person can read and a difference can be made of. */
final class Printed {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory()
                    .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                    .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                    .disable(YAMLGenerator.Feature.SPLIT_LINES))
            .configure(SerializationFeature.FAIL_ON_EMPTY_BEANS, false)
            .addMixIn(Authorization.class, Named.class)
            .addMixIn(Destination.Access.class, Named.class)
            .addMixIn(TcpAllowance.class, Named.class)
            .registerModule(new SimpleModule().addSerializer(Duration.class, ToStringSerializer.instance));

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Every message that stands inside an Any somewhere in what the renderer makes. */
    private static final TypeRegistry TYPES = TypeRegistry.newBuilder()
            .add(HttpConnectionManager.getDescriptor())
            .add(io.envoyproxy.envoy.extensions.filters.http.rbac.v3.RBAC.getDescriptor())
            .add(io.envoyproxy.envoy.extensions.filters.network.rbac.v3.RBAC.getDescriptor())
            .add(RBACPerRoute.getDescriptor())
            .add(Router.getDescriptor())
            .add(OriginalDst.getDescriptor())
            .add(TlsInspector.getDescriptor())
            .add(Config.getDescriptor())
            .add(TcpProxy.getDescriptor())
            .add(HeaderMutation.getDescriptor())
            .add(DestinationIPInput.getDescriptor())
            .add(com.github.xds.type.matcher.v3.IPMatcher.getDescriptor())
            .add(DownstreamTlsContext.getDescriptor())
            .add(HttpProtocolOptions.getDescriptor())
            .add(StdoutAccessLog.getDescriptor())
            .add(StringValue.getDescriptor())
            .build();

    private Printed() {}

    /** Says which case of a sealed type a value is. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "is")
    interface Named {}

    static String yaml(Object value) {
        try {
            return YAML.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Listeners, routes, clusters and endpoints by name. */
    static String yaml(ResourceSet resources) {
        Map<String, Map<String, Object>> all = new LinkedHashMap<>();
        for (ResourceType type : new ResourceType[] {
            ResourceType.LISTENER, ResourceType.ROUTE, ResourceType.CLUSTER, ResourceType.ENDPOINT
        }) {
            Map<String, Object> named = new LinkedHashMap<>();
            resources.of(type).forEach((name, resource) -> named.put(name, tree(resource)));
            all.put(type.name().toLowerCase(java.util.Locale.ROOT), named);
        }
        return yaml(all);
    }

    private static Object tree(EnvoyResource resource) {
        try {
            var descriptor = switch (resource.type()) {
                case LISTENER -> Listener.getDescriptor();
                case ROUTE -> RouteConfiguration.getDescriptor();
                case CLUSTER -> Cluster.getDescriptor();
                case ENDPOINT -> ClusterLoadAssignment.getDescriptor();
                case SECRET -> Secret.getDescriptor();
                case VIRTUAL_HOST -> io.envoyproxy.envoy.config.route.v3.VirtualHost.getDescriptor();
            };
            String json = JsonFormat.printer()
                    .usingTypeRegistry(TYPES)
                    .sortingMapKeys()
                    .print(DynamicMessage.parseFrom(descriptor, resource.body()));
            return JSON.readValue(json, LinkedHashMap.class);
        } catch (InvalidProtocolBufferException | JsonProcessingException e) {
            throw new IllegalStateException(resource.toString(), e);
        }
    }
}
