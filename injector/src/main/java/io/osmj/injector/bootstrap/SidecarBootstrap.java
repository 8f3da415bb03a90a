package io.osmj.injector.bootstrap;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.bootstrap.v3.Admin;
import io.envoyproxy.envoy.config.bootstrap.v3.Bootstrap;
import io.envoyproxy.envoy.config.bootstrap.v3.Bootstrap.DeferredStatOptions;
import io.envoyproxy.envoy.config.bootstrap.v3.Bootstrap.StaticResources;
import io.envoyproxy.envoy.config.bootstrap.v3.LayeredRuntime;
import io.envoyproxy.envoy.config.bootstrap.v3.RuntimeLayer;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.config.overload.v3.OverloadManager;
import io.envoyproxy.envoy.config.overload.v3.ResourceMonitor;
import io.envoyproxy.envoy.extensions.bootstrap.internal_listener.v3.InternalListener;
import io.envoyproxy.envoy.extensions.resource_monitors.downstream_connections.v3.DownstreamConnectionsConfig;
import java.time.Duration;

/** What a sidecar is started with. */
public final class SidecarBootstrap {
    /** The one path that the sidecar answers about its own health. */
    public static final String HEALTH_PATH = SidecarHealth.PATH;

    /** Where the volume with the token has to be mounted. */
    public static final String TOKEN_FOLDER = "/var/run/secrets/openservicemesh.io";

    /** The name of the token's file in there. */
    public static final String TOKEN_NAME = "token";

    /**
     * After how much silence a sidecar asks the control plane whether it is there. It is only for a host that goes without a word while
     * nothing is asked of it: a question that a host does not acknowledge ends the connection after {@link #KEEP_ALIVE_TIMEOUT}
     * (gRPC sets TCP_USER_TIMEOUT to it), and a control plane that hangs on a living host is started again by its liveness probe.
     * Until then, 70 s at most, the sidecar keeps what it has. Each question wakes the control plane: with 1,000 sidecars that ask
     * twice as often they were a third of what it does when nothing happens.
     */
    public static final Duration KEEP_ALIVE = Duration.ofSeconds(60);

    /** How long the answer may take; then the sidecar connects again, to another host if this one is gone. */
    public static final Duration KEEP_ALIVE_TIMEOUT = Duration.ofSeconds(10);

    /** Connections that a sidecar takes at once; far above what a pod has, and far below what would eat its memory. */
    private static final int MOST_CONNECTIONS = 20_000;

    private SidecarBootstrap() {}

    /** The bootstrap as JSON on one line, in the form that a file has. */
    public static String asFile(BootstrapInput input) {
        return EnvoyJson.print(of(input));
    }

    static Bootstrap of(BootstrapInput input) {
        return ofAnybody(input).mergeFrom(who(input)).build();
    }

    /** The part that says who the sidecar is. */
    static Bootstrap who(BootstrapInput input) {
        return Bootstrap.newBuilder()
                .setNode(Node.newBuilder().setId(input.nodeId()).setCluster(input.nodeCluster()))
                .build();
    }

    /** All the rest. */
    static Bootstrap.Builder ofAnybody(BootstrapInput input) {
        return Bootstrap.newBuilder()
                .setAdmin(Admin.newBuilder()
                        .setAddress(
                                ExactListener.address("127.0.0.1", input.reach().adminPort())))
                .addBootstrapExtensions(insideListeners())
                .setLayeredRuntime(runtime())
                .setDynamicResources(ControlPlaneConnection.of(input))
                .setStaticResources(fixed(input))
                .setStatsConfig(Statistics.config())
                .setStatsFlushOnAdmin(true)
                .setDeferredStatOptions(DeferredStatOptions.newBuilder().setEnableDeferredCreationStats(true))
                .setOverloadManager(OverloadManager.newBuilder().addResourceMonitors(connections()));
    }

    /**
     * A header that a request has twice is looked at as a whole, its values joined by a comma. Envoy's access control would be content
     * with one value that matches, which is right for rules that refuse: by one that allows, whatever stands beside it came through.
     */
    private static LayeredRuntime runtime() {
        return LayeredRuntime.newBuilder()
                .addLayers(RuntimeLayer.newBuilder()
                        .setName("osm")
                        .setStaticLayer(Struct.newBuilder()
                                .putFields(
                                        "envoy.reloadable_features.rbac_match_headers_individually",
                                        Value.newBuilder().setBoolValue(false).build())))
                .build();
    }

    private static StaticResources fixed(BootstrapInput input) {
        StaticResources.Builder resources =
                StaticResources.newBuilder().addAllListeners(ProbeListeners.of(input.probes()));
        if (input.reach().adminPort() != 0) {
            resources
                    .addListeners(0, SidecarHealth.listener())
                    .addClusters(SidecarHealth.admin(input.reach().adminPort()));
        }
        input.probes().forEach(probe -> resources.addClusters(ProbeClusters.of(probe, input.podIpMode())));
        return resources.build();
    }

    /** Without this Envoy refuses the listeners inside it, which see or refuse requests for the control plane. */
    private static TypedExtensionConfig insideListeners() {
        return TypedExtensionConfig.newBuilder()
                .setName("envoy.bootstrap.internal_listener")
                .setTypedConfig(EnvoyJson.any(InternalListener.getDefaultInstance()))
                .build();
    }

    private static ResourceMonitor connections() {
        return ResourceMonitor.newBuilder()
                .setName("envoy.resource_monitors.global_downstream_max_connections")
                .setTypedConfig(EnvoyJson.any(DownstreamConnectionsConfig.newBuilder()
                        .setMaxActiveDownstreamConnections(MOST_CONNECTIONS)
                        .build()))
                .build();
    }
}
