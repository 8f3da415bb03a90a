package io.osmj.xds.serve;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.core.v3.AggregatedConfigSource;
import io.envoyproxy.envoy.config.core.v3.ApiVersion;
import io.envoyproxy.envoy.config.core.v3.ConfigSource;
import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.config.core.v3.TransportSocket;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.endpoint.v3.Endpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LocalityLbEndpoints;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteAction;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.RouteMatch;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.envoyproxy.envoy.extensions.filters.http.on_demand.v3.OnDemand;
import io.envoyproxy.envoy.extensions.filters.http.on_demand.v3.OnDemandCds;
import io.envoyproxy.envoy.extensions.filters.http.router.v3.Router;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.Rds;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CommonTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SdsSecretConfig;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.TlsCertificate;
import io.osmj.core.identity.ProxyIdentity;
import io.osmj.core.identity.ServiceAccount;
import io.osmj.xds.resource.EnvoyResource;
import io.osmj.xds.resource.ResourceSet;
import io.osmj.xds.resource.ResourceType;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Small resources that a real Envoy takes. */
final class Samples {
    static final ProxyIdentity BOOKSTORE =
            new ProxyIdentity(new ServiceAccount("shop", "bookstore"), "bookstore-1", "uid-1");

    private Samples() {}

    static ResourceSet set(EnvoyResource... resources) {
        return ResourceSet.of(List.of(resources));
    }

    /** A cluster that takes its endpoints from the server; the timeout makes versions. */
    static EnvoyResource cluster(String name, int timeoutSeconds) {
        Cluster cluster = Cluster.newBuilder()
                .setName(name)
                .setType(Cluster.DiscoveryType.EDS)
                .setEdsClusterConfig(Cluster.EdsClusterConfig.newBuilder().setEdsConfig(ads()))
                .setConnectTimeout(Duration.newBuilder().setSeconds(timeoutSeconds))
                .build();
        return EnvoyResource.of(ResourceType.CLUSTER, name, cluster);
    }

    static EnvoyResource endpoints(String name, int port) {
        LbEndpoint endpoint = LbEndpoint.newBuilder()
                .setEndpoint(Endpoint.newBuilder().setAddress(address(port)))
                .build();
        ClusterLoadAssignment assignment = ClusterLoadAssignment.newBuilder()
                .setClusterName(name)
                .addEndpoints(LocalityLbEndpoints.newBuilder().addLbEndpoints(endpoint))
                .build();
        return EnvoyResource.of(ResourceType.ENDPOINT, name, assignment);
    }

    static EnvoyResource listener(String name, int port, String routeName) {
        return EnvoyResource.of(ResourceType.LISTENER, name, http(name, port, routeName, FilterChain.newBuilder()));
    }

    /** The header by which {@link #onDemandListener} is told the cluster. */
    static final String TO = "x-to";

    /** A listener that sends a request to the cluster its header names, and asks the server for it if need be. */
    static EnvoyResource onDemandListener(String name, int port) {
        OnDemand onDemand = OnDemand.newBuilder()
                .setOdcds(OnDemandCds.newBuilder()
                        .setSource(ads())
                        .setTimeout(Duration.newBuilder().setSeconds(10)))
                .build();
        RouteConfiguration routes = RouteConfiguration.newBuilder()
                .setName(name)
                .addVirtualHosts(VirtualHost.newBuilder()
                        .setName("all")
                        .addDomains("*")
                        .addRoutes(Route.newBuilder()
                                .setMatch(RouteMatch.newBuilder().setPrefix("/"))
                                .setRoute(RouteAction.newBuilder().setClusterHeader(TO))))
                .build();
        HttpConnectionManager manager = HttpConnectionManager.newBuilder()
                .setStatPrefix(name)
                .setRouteConfig(routes)
                .addHttpFilters(filter("envoy.filters.http.on_demand", onDemand))
                .addHttpFilters(filter("envoy.filters.http.router", Router.getDefaultInstance()))
                .build();
        return EnvoyResource.of(ResourceType.LISTENER, name, listener(name, port, manager, FilterChain.newBuilder()));
    }

    private static HttpFilter filter(String name, Message config) {
        return HttpFilter.newBuilder()
                .setName(name)
                .setTypedConfig(Any.pack(config))
                .build();
    }

    /** A listener that shows a certificate from the server. */
    static EnvoyResource tlsListener(String name, int port, String routeName, String secretName) {
        DownstreamTlsContext tls = DownstreamTlsContext.newBuilder()
                .setCommonTlsContext(CommonTlsContext.newBuilder()
                        .addTlsCertificateSdsSecretConfigs(
                                SdsSecretConfig.newBuilder().setName(secretName).setSdsConfig(ads())))
                .build();
        FilterChain.Builder chain = FilterChain.newBuilder()
                .setTransportSocket(TransportSocket.newBuilder()
                        .setName("envoy.transport_sockets.tls")
                        .setTypedConfig(Any.pack(tls)));
        return EnvoyResource.of(ResourceType.LISTENER, name, http(name, port, routeName, chain));
    }

    private static Listener http(String name, int port, String routeName, FilterChain.Builder chain) {
        HttpConnectionManager manager = HttpConnectionManager.newBuilder()
                .setStatPrefix(name)
                .setRds(Rds.newBuilder().setRouteConfigName(routeName).setConfigSource(ads()))
                .addHttpFilters(filter("envoy.filters.http.router", Router.getDefaultInstance()))
                .build();
        return listener(name, port, manager, chain);
    }

    private static Listener listener(String name, int port, HttpConnectionManager manager, FilterChain.Builder chain) {
        return Listener.newBuilder()
                .setName(name)
                .setAddress(address(port))
                .addFilterChains(chain.addFilters(Filter.newBuilder()
                        .setName("envoy.filters.network.http_connection_manager")
                        .setTypedConfig(Any.pack(manager))))
                .build();
    }

    static EnvoyResource route(String name, String cluster) {
        Route route = Route.newBuilder()
                .setMatch(RouteMatch.newBuilder().setPrefix("/"))
                .setRoute(RouteAction.newBuilder().setCluster(cluster))
                .build();
        RouteConfiguration routes = RouteConfiguration.newBuilder()
                .setName(name)
                .addVirtualHosts(
                        VirtualHost.newBuilder().setName("all").addDomains("*").addRoutes(route))
                .build();
        return EnvoyResource.of(ResourceType.ROUTE, name, routes);
    }

    static EnvoyResource secret(String name, String certificatePem, String keyPem) {
        Secret secret = Secret.newBuilder()
                .setName(name)
                .setTlsCertificate(TlsCertificate.newBuilder()
                        .setCertificateChain(inline(certificatePem))
                        .setPrivateKey(inline(keyPem)))
                .build();
        return EnvoyResource.of(ResourceType.SECRET, name, secret);
    }

    /** Refused by the rules in the API's messages: sinks the whole response it is in. */
    static EnvoyResource clusterAgainstTheRules(String name) {
        Cluster cluster = Cluster.newBuilder()
                .setName(name)
                .setConnectTimeout(Duration.newBuilder().setSeconds(-1))
                .build();
        return EnvoyResource.of(ResourceType.CLUSTER, name, cluster);
    }

    /** Refused when Envoy builds it: the good ones of its response are applied all the same. */
    static EnvoyResource clusterThatCannotBeBuilt(String name) {
        Cluster cluster = Cluster.newBuilder()
                .setName(name)
                .setConnectTimeout(Duration.newBuilder().setSeconds(1))
                .setType(Cluster.DiscoveryType.STATIC)
                .setPerConnectionBufferLimitBytes(UInt32Value.of(1))
                .setTransportSocket(TransportSocket.newBuilder().setName("no.such.socket"))
                .build();
        return EnvoyResource.of(ResourceType.CLUSTER, name, cluster);
    }

    /** Refused when Envoy builds it. */
    static EnvoyResource listenerThatCannotBeBuilt(String name) {
        Listener listener = Listener.newBuilder()
                .setName(name)
                .setAddress(address(1))
                .addFilterChains(
                        FilterChain.newBuilder().addFilters(Filter.newBuilder().setName("no.such.filter")))
                .build();
        return EnvoyResource.of(ResourceType.LISTENER, name, listener);
    }

    /** Refused when Envoy builds it: one domain in two virtual hosts. */
    static EnvoyResource routeThatCannotBeBuilt(String name) {
        RouteConfiguration routes = RouteConfiguration.newBuilder()
                .setName(name)
                .addVirtualHosts(VirtualHost.newBuilder().setName("one").addDomains("*"))
                .addVirtualHosts(VirtualHost.newBuilder().setName("two").addDomains("*"))
                .build();
        return EnvoyResource.of(ResourceType.ROUTE, name, routes);
    }

    private static DataSource inline(String pem) {
        return DataSource.newBuilder()
                .setInlineBytes(ByteString.copyFrom(pem, StandardCharsets.UTF_8))
                .build();
    }

    private static Address address(int port) {
        return Address.newBuilder()
                .setSocketAddress(
                        SocketAddress.newBuilder().setAddress("127.0.0.1").setPortValue(port))
                .build();
    }

    private static ConfigSource ads() {
        return ConfigSource.newBuilder()
                .setAds(AggregatedConfigSource.getDefaultInstance())
                .setResourceApiVersion(ApiVersion.V3)
                .build();
    }
}
