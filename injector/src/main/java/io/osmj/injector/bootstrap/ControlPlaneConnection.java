package io.osmj.injector.bootstrap;

import com.google.protobuf.Duration;
import io.envoyproxy.envoy.config.bootstrap.v3.Bootstrap.DynamicResources;
import io.envoyproxy.envoy.config.core.v3.AggregatedConfigSource;
import io.envoyproxy.envoy.config.core.v3.ApiConfigSource;
import io.envoyproxy.envoy.config.core.v3.ApiConfigSource.ApiType;
import io.envoyproxy.envoy.config.core.v3.ApiVersion;
import io.envoyproxy.envoy.config.core.v3.ConfigSource;
import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.config.core.v3.GrpcService;
import io.envoyproxy.envoy.config.core.v3.GrpcService.GoogleGrpc;
import io.envoyproxy.envoy.config.grpc_credential.v3.FileBasedMetadataConfig;
import io.osmj.core.names.ControlPlane;
import java.util.Map;
import java.util.TreeMap;

/**
 * How the sidecar asks the control plane: delta ADS over TLS, and who it is said by its service-account token.
 *
 * <p>It is Google's gRPC client because only that one reads the token again from its file for every new stream, so a token
 * that the kubelet has replaced is the one that is shown.
 */
final class ControlPlaneConnection {
    private static final String CREDENTIALS = "envoy.grpc_credentials.file_based_metadata";

    /** Which name the server's certificate has to carry where it is dialled by another. */
    private static final String NAME_IN_CERTIFICATE = "grpc.ssl_target_name_override";

    /**
     * A stream that is opened while nobody answers waits for the connection, which is tried again as {@link #CHANNEL} has it. Envoy itself
     * would try after up to 30 s: it takes other intervals for its own gRPC client alone.
     */
    private static final String SERVICE_CONFIG = "{\"methodConfig\":[{\"name\":[{}],\"waitForReady\":true}]}";

    // The client's own choices are 4 MiB a message and up to 120 s until it tries again: too little and too long. An
    // attempt
    // to connect takes five seconds at most.
    private static final Map<String, Long> CHANNEL = new TreeMap<>(Map.of(
            "grpc.max_receive_message_length", 64L * 1024 * 1024,
            "grpc.keepalive_time_ms", SidecarBootstrap.KEEP_ALIVE.toMillis(),
            "grpc.keepalive_timeout_ms", SidecarBootstrap.KEEP_ALIVE_TIMEOUT.toMillis(),
            "grpc.keepalive_permit_without_calls", 1L,
            "grpc.http2.max_pings_without_data", 0L,
            "grpc.initial_reconnect_backoff_ms", 250L,
            "grpc.min_reconnect_backoff_ms", 5_000L,
            "grpc.max_reconnect_backoff_ms", 2_000L));

    private ControlPlaneConnection() {}

    static DynamicResources of(BootstrapInput input) {
        ApiConfigSource ads = ApiConfigSource.newBuilder()
                .setApiType(ApiType.DELTA_GRPC)
                .setTransportApiVersion(ApiVersion.V3)
                .setSetNodeOnFirstMessageOnly(true)
                .addGrpcServices(GrpcService.newBuilder().setGoogleGrpc(client(input)))
                .build();
        return DynamicResources.newBuilder()
                .setAdsConfig(ads)
                .setCdsConfig(fromAds())
                .setLdsConfig(fromAds())
                .build();
    }

    /** Without a first answer the sidecar waits, however long: with none of its listeners it would drop all traffic. */
    private static ConfigSource fromAds() {
        return ConfigSource.newBuilder()
                .setAds(AggregatedConfigSource.getDefaultInstance())
                .setResourceApiVersion(ApiVersion.V3)
                .setInitialFetchTimeout(Duration.getDefaultInstance())
                .build();
    }

    private static GoogleGrpc client(BootstrapInput input) {
        FileBasedMetadataConfig token = FileBasedMetadataConfig.newBuilder()
                .setSecretData(DataSource.newBuilder().setFilename(input.reach().tokenFile()))
                .setHeaderPrefix("Bearer ")
                .build();
        GoogleGrpc.ChannelArgs.Builder arguments = GoogleGrpc.ChannelArgs.newBuilder();
        CHANNEL.forEach((name, value) -> arguments.putArgs(
                name,
                GoogleGrpc.ChannelArgs.Value.newBuilder().setIntValue(value).build()));
        arguments.putArgs("grpc.service_config", text(SERVICE_CONFIG));
        String name = ControlPlane.host(input.meshNamespace());
        if (!input.reach().target().startsWith(name + ":")) {
            arguments.putArgs(NAME_IN_CERTIFICATE, text(name));
        }
        return GoogleGrpc.newBuilder()
                .setTargetUri(input.reach().target())
                .setStatPrefix("ads")
                .setChannelCredentials(GoogleGrpc.ChannelCredentials.newBuilder()
                        .setSslCredentials(GoogleGrpc.SslCredentials.newBuilder()
                                .setRootCerts(DataSource.newBuilder().setInlineString(input.rootCertificates()))))
                .addCallCredentials(GoogleGrpc.CallCredentials.newBuilder()
                        .setFromPlugin(GoogleGrpc.CallCredentials.MetadataCredentialsFromPlugin.newBuilder()
                                .setName(CREDENTIALS)
                                .setTypedConfig(EnvoyJson.any(token))))
                .setCredentialsFactoryName(CREDENTIALS)
                .setChannelArgs(arguments)
                .build();
    }

    private static GoogleGrpc.ChannelArgs.Value text(String value) {
        return GoogleGrpc.ChannelArgs.Value.newBuilder().setStringValue(value).build();
    }
}
