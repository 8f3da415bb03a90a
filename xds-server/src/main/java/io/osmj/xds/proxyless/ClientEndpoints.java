package io.osmj.xds.proxyless;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.core.v3.Locality;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.endpoint.v3.Endpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LocalityLbEndpoints;
import io.osmj.core.plan.Destination.Allowed;
import io.osmj.core.plan.Destination.Backend;
import java.util.List;
import java.util.TreeMap;

/**
 * The pods behind a service. gRPC looks at weights of localities and passes over those of endpoints, so pods of one weight make
 * up a locality, which weighs as much as they do together: each has its part of the calls, and is in one locality only.
 */
final class ClientEndpoints {
    private ClientEndpoints() {}

    static ClusterLoadAssignment render(String name, Allowed access) {
        ClusterLoadAssignment.Builder assignment =
                ClusterLoadAssignment.newBuilder().setClusterName(name);
        boolean plain = plain(access);
        access.backends().stream()
                .filter(backend -> backend.weight() > 0 && backend.meshed() != plain)
                .collect(groupingBy(Backend::weight, TreeMap::new, toList()))
                .forEach((weight, backends) -> assignment.addEndpoints(locality(weight, backends)));
        return assignment.build();
    }

    /**
     * Whether calls go out in plain text: only where nobody behind the service has a sidecar. A client cannot tell one endpoint
     * from the other, so it leaves those without one alone where there are others.
     */
    static boolean plain(Allowed access) {
        return !access.backends().isEmpty() && access.backends().stream().noneMatch(Backend::meshed);
    }

    private static LocalityLbEndpoints locality(int weight, List<Backend> backends) {
        LocalityLbEndpoints.Builder locality = LocalityLbEndpoints.newBuilder()
                .setLocality(Locality.newBuilder().setSubZone("weight-" + weight))
                .setLoadBalancingWeight(UInt32Value.of(Math.multiplyExact(weight, backends.size())));
        backends.forEach(backend -> locality.addLbEndpoints(LbEndpoint.newBuilder()
                .setEndpoint(Endpoint.newBuilder()
                        .setAddress(Address.newBuilder()
                                .setSocketAddress(SocketAddress.newBuilder()
                                        .setAddress(backend.address())
                                        .setPortValue(backend.port()))))));
        return locality.build();
    }
}
