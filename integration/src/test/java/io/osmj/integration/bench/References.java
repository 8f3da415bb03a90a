package io.osmj.integration.bench;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.Rds;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SdsSecretConfig;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext;
import io.envoyproxy.envoy.service.discovery.v3.Resource;
import io.osmj.xds.resource.ResourceType;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** What a proxy asks for next because a resource names it: endpoints, route tables, secrets. Safe for many threads. */
final class References {
    private static final Map<String, Class<? extends Message>> KNOWN = Map.of(
            "Cluster", Cluster.class,
            "Listener", Listener.class,
            "HttpConnectionManager", HttpConnectionManager.class,
            "DownstreamTlsContext", DownstreamTlsContext.class,
            "UpstreamTlsContext", UpstreamTlsContext.class);

    /** By name and version: proxies get the same again and again. */
    private final Map<String, Map<ResourceType, Set<String>>> known = new ConcurrentHashMap<>();

    Map<ResourceType, Set<String>> of(Resource resource) {
        return known.computeIfAbsent(resource.getName() + " " + resource.getVersion(), _ -> {
            Map<ResourceType, Set<String>> found = new EnumMap<>(ResourceType.class);
            look(resource.getResource(), found);
            return found;
        });
    }

    private static void look(Object value, Map<ResourceType, Set<String>> found) {
        switch (value) {
            case Any any -> unpacked(any, found);
            case Rds rds -> add(found, ResourceType.ROUTE, rds.getRouteConfigName());
            case SdsSecretConfig secret -> add(found, ResourceType.SECRET, secret.getName());
            case Cluster cluster -> {
                if (cluster.getType() == Cluster.DiscoveryType.EDS) {
                    String named = cluster.getEdsClusterConfig().getServiceName();
                    add(found, ResourceType.ENDPOINT, named.isEmpty() ? cluster.getName() : named);
                }
                cluster.getAllFields().values().forEach(field -> look(field, found));
            }
            case Message message -> message.getAllFields().values().forEach(field -> look(field, found));
            case Collection<?> many -> many.forEach(one -> look(one, found));
            default -> {}
        }
    }

    private static void unpacked(Any any, Map<ResourceType, Set<String>> found) {
        Class<? extends Message> type =
                KNOWN.get(any.getTypeUrl().substring(any.getTypeUrl().lastIndexOf('.') + 1));
        try {
            if (type != null) {
                look(any.unpack(type), found);
            }
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void add(Map<ResourceType, Set<String>> found, ResourceType type, String name) {
        found.computeIfAbsent(type, _ -> new TreeSet<>()).add(name);
    }
}
