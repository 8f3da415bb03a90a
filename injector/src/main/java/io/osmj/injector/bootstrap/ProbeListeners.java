package io.osmj.injector.bootstrap;

import com.google.protobuf.BoolValue;
import com.google.protobuf.util.Durations;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteAction;
import io.envoyproxy.envoy.extensions.filters.http.health_check.v3.HealthCheck;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import io.envoyproxy.envoy.type.v3.Percent;
import io.osmj.injector.probe.ProbeKind;
import io.osmj.injector.probe.ProbeTarget;
import io.osmj.injector.probe.SidecarProbe;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the kubelet asks: one listener a kind, one path a container.
 *
 * <p>An HTTP probe is handed on to the container. A TCP or gRPC probe is answered from what the sidecar's own health checks
 * of the container say, which are at most about a second old.
 */
final class ProbeListeners {
    private ProbeListeners() {}

    /** A listener for each kind that is in use. */
    static List<Listener> of(List<SidecarProbe> probes) {
        List<Listener> listeners = new ArrayList<>();
        for (ProbeKind kind : ProbeKind.values()) {
            List<SidecarProbe> asked =
                    probes.stream().filter(probe -> probe.kind() == kind).toList();
            if (!asked.isEmpty()) {
                listeners.add(listener(kind, asked));
            }
        }
        return listeners;
    }

    private static Listener listener(ProbeKind kind, List<SidecarProbe> probes) {
        List<HttpFilter> filters = new ArrayList<>();
        List<Route> routes = new ArrayList<>();
        for (SidecarProbe probe : probes) {
            switch (probe.target()) {
                case ProbeTarget.Http http -> routes.add(handOn(probe, http));
                case ProbeTarget.Tcp _, ProbeTarget.Grpc _ -> filters.add(answer(probe));
            }
        }
        return ExactListener.of(kind.word() + "_listener", kind.port(), filters, routes);
    }

    private static Route handOn(SidecarProbe probe, ProbeTarget.Http http) {
        RouteAction.Builder action = RouteAction.newBuilder()
                .setCluster(ProbeClusters.name(probe))
                .setPrefixRewrite(http.path())
                .setTimeout(Durations.fromSeconds(http.timeout().toSeconds()));
        if (http.host().isEmpty()) {
            // What the kubelet would have sent without the sidecar: the address that it connects to.
            action.setHostRewriteLiteral(PodIp.PLACEHOLDER + ":" + http.port());
        }
        return Route.newBuilder()
                .setName(ProbeClusters.name(probe))
                .setMatch(ExactListener.get(probe.kind().path(probe.container())))
                .setRoute(action)
                .addRequestHeadersToRemove("x-forwarded-proto")
                // The kubelet takes a redirection for a success unless it can follow it on the same host, which here
                // would be this listener.
                .addResponseHeadersToRemove("location")
                .build();
    }

    private static HttpFilter answer(SidecarProbe probe) {
        HealthCheck check = HealthCheck.newBuilder()
                .setPassThroughMode(BoolValue.of(false))
                .putClusterMinHealthyPercentages(
                        ProbeClusters.name(probe),
                        Percent.newBuilder().setValue(100).build())
                .addHeaders(ExactListener.exactly(":path", probe.kind().path(probe.container())))
                .addHeaders(ExactListener.exactly(":method", "GET"))
                .build();
        return HttpFilter.newBuilder()
                .setName("envoy.filters.http.health_check")
                .setTypedConfig(EnvoyJson.any(check))
                .build();
    }
}
