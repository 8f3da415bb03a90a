package io.osmj.injector.bootstrap;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.JsonFormat;
import io.envoyproxy.envoy.config.bootstrap.v3.Bootstrap;
import io.envoyproxy.envoy.config.grpc_credential.v3.FileBasedMetadataConfig;
import io.envoyproxy.envoy.extensions.bootstrap.internal_listener.v3.InternalListener;
import io.envoyproxy.envoy.extensions.filters.http.health_check.v3.HealthCheck;
import io.envoyproxy.envoy.extensions.filters.http.router.v3.Router;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.resource_monitors.downstream_connections.v3.DownstreamConnectionsConfig;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions;

/**
 * Prints a bootstrap as JSON. JSON, because every text in it is quoted: a service account may be called {@code no} or
 * {@code 1e3}, and YAML would make something else of that.
 */
final class EnvoyJson {
    private static final JsonFormat.Printer PRINTER = JsonFormat.printer()
            .usingTypeRegistry(TypeRegistry.newBuilder()
                    .add(DownstreamConnectionsConfig.getDescriptor())
                    .add(FileBasedMetadataConfig.getDescriptor())
                    .add(HealthCheck.getDescriptor())
                    .add(HttpConnectionManager.getDescriptor())
                    .add(HttpProtocolOptions.getDescriptor())
                    .add(InternalListener.getDescriptor())
                    .add(Router.getDescriptor())
                    .add(UpstreamTlsContext.getDescriptor())
                    .build())
            .preservingProtoFieldNames()
            .omittingInsignificantWhitespace();

    private EnvoyJson() {}

    /** One line of JSON, the same for the same bootstrap. */
    static String print(Bootstrap bootstrap) {
        try {
            return PRINTER.print(bootstrap);
        } catch (InvalidProtocolBufferException unknownType) {
            throw new IllegalStateException("a type of the bootstrap is missing in the registry above", unknownType);
        }
    }

    /** The message as Envoy's {@code typed_config}. */
    static Any any(Message message) {
        return Any.pack(message);
    }
}
