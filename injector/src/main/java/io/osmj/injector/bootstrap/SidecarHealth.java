package io.osmj.injector.bootstrap;

import com.google.protobuf.util.Durations;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteAction;
import io.osmj.core.names.Ports;
import java.util.List;

/**
 * The sidecar's own health, for the kubelet. The listener opens when the control plane has answered for the first time, so
 * until then the sidecar has not started, and the containers after it wait.
 */
final class SidecarHealth {
    /** The one path that is answered. */
    static final String PATH = "/ready";

    /** Envoy's administration, as a cluster; also for a listener that shows the metrics. */
    static final String ADMIN_CLUSTER = "envoy-admin";

    private SidecarHealth() {}

    static Listener listener() {
        Route route = Route.newBuilder()
                .setName("sidecar_health")
                .setMatch(ExactListener.get(PATH))
                .setRoute(RouteAction.newBuilder().setCluster(ADMIN_CLUSTER).setTimeout(Durations.fromSeconds(5)))
                .build();
        return ExactListener.of("sidecar_health_listener", Ports.SIDECAR_HEALTH, List.of(), List.of(route));
    }

    static Cluster admin(int port) {
        return ProbeClusters.at(ADMIN_CLUSTER, "127.0.0.1", port)
                .setConnectTimeout(Durations.fromSeconds(1))
                .build();
    }
}
