package io.osmj.xds.render;

import com.google.protobuf.Any;
import com.google.protobuf.BoolValue;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.FilterChainMatch;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteAction;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.RouteMatch;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.envoyproxy.envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector;
import io.osmj.core.plan.Exit;
import io.osmj.xds.resource.EnvoyResource;
import io.osmj.xds.resource.ResourceType;
import java.util.ArrayList;
import java.util.List;

/**
 * What leads by one port to named hosts outside the mesh: a listener inside the proxy that looks at what the client says first. It is
 * a listener of its own because the outbound listener waits for nobody's first bytes. Which hosts there are is said by the clusters
 * and by the route table; the listener changes only when the first host for HTTP or TLS comes or the last goes.
 */
final class ExitRenderer {
    private final Exit exit;
    private final HttpConnectionManagers managers;
    private final String name;
    private final List<EnvoyResource> resources = new ArrayList<>();

    private ExitRenderer(Exit exit, HttpConnectionManagers managers) {
        this.exit = exit;
        this.managers = managers;
        this.name = Names.exit(exit.port());
    }

    static List<EnvoyResource> render(Exit exit, HttpConnectionManagers managers) {
        ExitRenderer renderer = new ExitRenderer(exit, managers);
        renderer.add(ResourceType.LISTENER, renderer.name, renderer.listener());
        renderer.add(
                ResourceType.CLUSTER,
                renderer.name,
                Clusters.inside(Clusters.cluster(renderer.name, renderer.name, false), renderer.name)
                        .build());
        exit.tls().forEach(host -> renderer.host(Names.tlsHost(host, exit.port()), host, false));
        exit.http().forEach(host -> renderer.host(Names.httpHost(host.name(), exit.port()), host.name(), true));
        if (!exit.http().isEmpty()) {
            renderer.add(ResourceType.ROUTE, Names.exitRoutes(exit.port()), renderer.routes());
        }
        return List.copyOf(renderer.resources);
    }

    private Listener listener() {
        Listener.Builder listener = InternalListeners.internal(name)
                .addListenerFilters(
                        Listening.filter("envoy.filters.listener.tls_inspector", TlsInspector.getDefaultInstance()));
        if (!exit.tls().isEmpty()) {
            listener.addFilterChains(chain("tls", OutboundListener.byBytes(name, tlsCluster())));
        }
        if (!exit.http().isEmpty()) {
            listener.addFilterChains(chain("raw_buffer", List.of(requests())));
        }
        return listener.build();
    }

    /** By the name in the client's greeting, in lower case. There is no such cluster for a name that is not allowed. */
    private String tlsCluster() {
        return Names.tlsHost("%REQUESTED_SERVER_NAME%", exit.port());
    }

    private Filter requests() {
        return managers.discovered(name, Names.exitRoutes(exit.port()), List.of(Rbac.httpFilter(Rbac.MESH)));
    }

    private FilterChain chain(String transport, List<Filter> filters) {
        return FilterChain.newBuilder()
                .setName(name + "|" + transport)
                .setFilterChainMatch(FilterChainMatch.newBuilder().setTransportProtocol(transport))
                .addAllFilters(filters)
                .build();
    }

    /** A request for a host that is not there meets the filter alone, which allows nothing: 403. */
    private RouteConfiguration routes() {
        RouteConfiguration.Builder routes = RouteConfiguration.newBuilder()
                .setName(Names.exitRoutes(exit.port()))
                .setValidateClusters(BoolValue.of(false))
                .setIgnorePortInHostMatching(true)
                .addRequestHeadersToRemove(Names.CALLER_HEADER);
        exit.http().forEach(host -> routes.addVirtualHosts(virtualHost(host)));
        return routes.build();
    }

    private VirtualHost virtualHost(Exit.Host host) {
        return VirtualHost.newBuilder()
                .setName(host.name())
                .addDomains(host.name())
                .addDomains(host.name() + ".")
                .putTypedPerFilterConfig(Rbac.MESH, Any.pack(Rbac.perRoute(host.requests())))
                .addRoutes(Route.newBuilder()
                        .setMatch(RouteMatch.newBuilder().setPrefix("/"))
                        .setRoute(RouteAction.newBuilder()
                                .setCluster(Names.httpHost(host.name(), exit.port()))
                                .setTimeout(Duration.getDefaultInstance())))
                .build();
    }

    private void host(String cluster, String host, boolean http) {
        add(ResourceType.CLUSTER, cluster, HostCluster.render(cluster, host, exit.port(), http));
    }

    private void add(ResourceType type, String resource, Message message) {
        resources.add(EnvoyResource.of(type, resource, message));
    }
}
