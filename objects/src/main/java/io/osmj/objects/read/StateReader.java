package io.osmj.objects.read;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmj.config.read.MeshConfigReader;
import io.osmj.core.identity.TrustDomain;
import io.osmj.core.problem.ObjectRef;
import io.osmj.core.problem.Outcome;
import io.osmj.core.problem.Problem;
import io.osmj.core.settings.MeshSettings;
import io.osmj.core.state.ClusterState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads every object with the reader of its kind and puts the results together. Pure. */
public final class StateReader {
    private final List<Problem> problems = new ArrayList<>();

    private StateReader() {}

    /** The state the objects make up, and everything that is wrong with them. */
    public static Outcome<ClusterState> read(TrustDomain trustDomain, ObservedObjects objects) {
        StateReader reader = new StateReader();
        ClusterState state = reader.state(trustDomain, objects);
        return new Outcome<>(state, reader.problems);
    }

    private ClusterState state(TrustDomain trustDomain, ObservedObjects objects) {
        MeshSettings settings = objects.meshConfig()
                .map(config -> noted(MeshConfigReader.read(config)))
                .orElse(MeshSettings.WITHOUT_MESH_CONFIG);
        PolicyReading policies = policies(objects);
        ClusterState state = new ClusterState(
                trustDomain,
                settings,
                objects.pods().stream()
                        .map(PodReader::read)
                        .flatMap(Optional::stream)
                        .toList(),
                objects.services().stream()
                        .map(ServiceReader::read)
                        .flatMap(Optional::stream)
                        .toList(),
                objects.endpointSlices().stream().flatMap(EndpointReader::read).toList(),
                present(policies.takeChanges()),
                present(policies.takeSplits()),
                present(policies.takeIngress()),
                present(policies.takeEgress()),
                present(policies.takeRetries()),
                present(policies.takeLimits()));
        problems.addAll(policies.problems());
        return state;
    }

    private static PolicyReading policies(ObservedObjects objects) {
        ObservedObjects.Smi smi = objects.smi();
        PolicyReading policies = new PolicyReading();
        smi.refused().forEach(policies::refused);
        smi.routeGroups().forEach(object -> policies.routeGroup(ref("HTTPRouteGroup", object), Optional.of(object)));
        smi.tcpRoutes().forEach(object -> policies.tcpRoute(ref("TCPRoute", object), Optional.of(object)));
        smi.targets().forEach(object -> policies.target(ref("TrafficTarget", object), Optional.of(object)));
        smi.splits().forEach(object -> policies.split(ref("TrafficSplit", object), Optional.of(object)));
        objects.ingressBackends()
                .forEach(object -> policies.ingressBackend(ref("IngressBackend", object), Optional.of(object)));
        objects.egresses().forEach(object -> policies.egress(ref("Egress", object), Optional.of(object)));
        objects.retries().forEach(object -> policies.retry(ref("Retry", object), Optional.of(object)));
        objects.trafficSettings()
                .forEach(object -> policies.trafficSetting(ref("UpstreamTrafficSetting", object), Optional.of(object)));
        return policies;
    }

    private static <T> List<T> present(Map<ObjectRef, Optional<T>> rules) {
        return rules.values().stream().flatMap(Optional::stream).toList();
    }

    private static ObjectRef ref(String kind, JsonNode object) {
        JsonNode metadata = object.path("metadata");
        return new ObjectRef(
                kind,
                metadata.path("namespace").asText(""),
                metadata.path("name").asText(""));
    }

    private <T> T noted(Outcome<T> outcome) {
        problems.addAll(outcome.problems());
        return outcome.value();
    }
}
