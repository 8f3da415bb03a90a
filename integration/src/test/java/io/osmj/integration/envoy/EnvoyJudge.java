package io.osmj.integration.envoy;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import io.envoyproxy.envoy.config.bootstrap.v3.Bootstrap;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.ApiConfigSource;
import io.envoyproxy.envoy.config.core.v3.ApiVersion;
import io.envoyproxy.envoy.config.core.v3.GrpcService;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.extensions.bootstrap.internal_listener.v3.InternalListener;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.osmj.xds.resource.ResourceSet;
import io.osmj.xds.resource.ResourceType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Asks a real Envoy whether it would take a set of resources: routes are put into their listeners, all else is static. */
public final class EnvoyJudge {
    private static final Path ENVOY = Path.of(
            System.getProperty("osm.envoy", System.getProperty("user.home") + "/.cache/osm-java/envoy-1.40.0/envoy"));

    private final ResourceSet resources;

    private EnvoyJudge(ResourceSet resources) {
        this.resources = resources;
    }

    /** What Envoy printed and its exit code: 0 when it takes everything. */
    public record Verdict(int exitCode, String output) {}

    /** Has Envoy validate the set; nothing is started. */
    public static Verdict judge(ResourceSet resources) {
        try {
            Path file = Files.createTempFile("bootstrap", ".pb");
            try {
                Files.write(file, new EnvoyJudge(resources).bootstrap().toByteArray());
                return run(file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Verdict run(Path file) throws IOException {
        Process envoy = new ProcessBuilder(
                        ENVOY.toString(),
                        "--mode",
                        "validate",
                        "--reject-unknown-dynamic-fields",
                        "--config-path",
                        file.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(envoy.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Verdict(envoy.onExit().join().exitValue(), output);
    }

    private Bootstrap bootstrap() throws InvalidProtocolBufferException {
        Bootstrap.Builder bootstrap =
                Bootstrap.newBuilder().setNode(Node.newBuilder().setId("judged").setCluster("judged"));
        bootstrap.addBootstrapExtensions(TypedExtensionConfig.newBuilder()
                .setName("envoy.bootstrap.internal_listener")
                .setTypedConfig(Any.pack(InternalListener.getDefaultInstance())));
        bootstrap
                .getDynamicResourcesBuilder()
                .setAdsConfig(ApiConfigSource.newBuilder()
                        .setApiType(ApiConfigSource.ApiType.DELTA_GRPC)
                        .setTransportApiVersion(ApiVersion.V3)
                        .addGrpcServices(GrpcService.newBuilder()
                                .setGoogleGrpc(GrpcService.GoogleGrpc.newBuilder()
                                        .setTargetUri("127.0.0.1:1")
                                        .setStatPrefix("ads"))));
        for (var resource : resources.of(ResourceType.CLUSTER).values()) {
            bootstrap.getStaticResourcesBuilder().addClusters(Cluster.parseFrom(resource.body()));
        }
        for (var resource : resources.of(ResourceType.LISTENER).values()) {
            bootstrap.getStaticResourcesBuilder().addListeners(withRoutes(Listener.parseFrom(resource.body())));
        }
        return bootstrap.build();
    }

    private Listener withRoutes(Listener listener) throws InvalidProtocolBufferException {
        Listener.Builder builder = listener.toBuilder();
        for (var chain : builder.getFilterChainsBuilderList()) {
            for (Filter.Builder filter : chain.getFiltersBuilderList()) {
                if (filter.getTypedConfig().is(HttpConnectionManager.class)) {
                    filter.setTypedConfig(
                            Any.pack(withRoutes(filter.getTypedConfig().unpack(HttpConnectionManager.class))));
                }
            }
        }
        return builder.build();
    }

    private HttpConnectionManager withRoutes(HttpConnectionManager manager) throws InvalidProtocolBufferException {
        if (!manager.hasRds()) {
            return manager;
        }
        var routes = requireNonNull(
                resources.of(ResourceType.ROUTE).get(manager.getRds().getRouteConfigName()));
        return manager.toBuilder()
                .setRouteConfig(RouteConfiguration.parseFrom(routes.body()))
                .build();
    }
}
