package io.osmj.objects.read;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.osmj.core.problem.ObjectRef;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The objects of one mesh's namespaces, whatever they were read from and in whatever order.
 *
 * @param meshConfig the one MeshConfig that counts, as a JSON tree
 * @param pods of the mesh's namespaces
 * @param services of the mesh's namespaces
 * @param endpointSlices of the mesh's namespaces
 * @param smi SMI objects of the mesh's namespaces
 * @param ingressBackends of the mesh's namespaces, as JSON trees
 * @param egresses Egress policies of the mesh's namespaces
 * @param retries Retry policies of the mesh's namespaces
 * @param trafficSettings UpstreamTrafficSettings of the mesh's namespaces
 */
public record ObservedObjects(
        Optional<JsonNode> meshConfig,
        List<Pod> pods,
        List<Service> services,
        List<EndpointSlice> endpointSlices,
        Smi smi,
        List<JsonNode> ingressBackends,
        List<JsonNode> egresses,
        List<JsonNode> retries,
        List<JsonNode> trafficSettings) {

    /**
     * SMI objects as JSON trees.
     *
     * @param targets TrafficTargets
     * @param routeGroups HTTPRouteGroups
     * @param tcpRoutes TCPRoutes
     * @param splits TrafficSplits
     * @param refused what was written and is none of these, with where it is said why; an API server stores no such object
     */
    public record Smi(
            List<JsonNode> targets,
            List<JsonNode> routeGroups,
            List<JsonNode> tcpRoutes,
            List<JsonNode> splits,
            Map<ObjectRef, String> refused) {
        /** Objects as an API server has them. */
        public Smi(
                List<JsonNode> targets, List<JsonNode> routeGroups, List<JsonNode> tcpRoutes, List<JsonNode> splits) {
            this(targets, routeGroups, tcpRoutes, splits, Map.of());
        }
    }
}
