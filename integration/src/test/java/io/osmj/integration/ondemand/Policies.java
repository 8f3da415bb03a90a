package io.osmj.integration.ondemand;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.osmj.core.compile.MeshIndex;
import io.osmj.core.identity.ServiceAccount;
import io.osmj.core.identity.TrustDomain;
import io.osmj.core.intercept.Interception;
import io.osmj.core.plan.Planner;
import io.osmj.core.plan.ProxyPlan;
import io.osmj.core.policy.EgressRule;
import io.osmj.core.problem.ObjectRef;
import io.osmj.core.service.DialledAddress;
import io.osmj.core.settings.MeshSettings;
import io.osmj.core.state.ClusterState;
import io.osmj.core.state.EndpointState;
import io.osmj.core.state.PodState;
import io.osmj.core.state.ServiceState;
import io.osmj.objects.read.PolicyReading;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Egress and Retry policies, and what they come to in the plan of a pod of a mesh with one service. */
final class Policies {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private final PolicyReading reading = new PolicyReading();
    private boolean retries = true;

    Policies egress(String name, String spec) {
        reading.egress(new ObjectRef("Egress", "shop", name), Optional.of(object(name, spec)));
        return this;
    }

    Policies routeGroup(String name, String spec) {
        reading.routeGroup(new ObjectRef("HTTPRouteGroup", "shop", name), Optional.of(object(name, spec)));
        return this;
    }

    Policies retry(String name, String spec) {
        reading.retry(new ObjectRef("Retry", "shop", name), Optional.of(object(name, spec)));
        return this;
    }

    /** As MeshConfig has it by default. */
    Policies retriesSwitchedOff() {
        retries = false;
        return this;
    }

    private static JsonNode object(String name, String spec) {
        try {
            return YAML.readTree("metadata: {name: " + name + ", namespace: shop}\nspec:\n" + spec.indent(2));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(spec, e);
        }
    }

    ProxyPlan plan(String account, boolean open, DialledAddress... asked) {
        List<EgressRule> rules =
                reading.takeEgress().values().stream().flatMap(Optional::stream).toList();
        MeshSettings usual = MeshSettings.WITHOUT_MESH_CONFIG;
        MeshIndex mesh = MeshIndex.of(new ClusterState(
                TrustDomain.CLUSTER_LOCAL,
                new MeshSettings(
                        new MeshSettings.Traffic(true, open, true, Interception.EVERYTHING),
                        usual.sidecar(),
                        usual.certificate(),
                        usual.observability(),
                        retries),
                List.of(pod(account, Lab.POD_IP)),
                List.of(new ServiceState(
                        "shop",
                        account,
                        List.of("10.96.0.20"),
                        List.of(new ServiceState.Port("web", Lab.HTTP_PORT, "http")))),
                List.of(new EndpointState("shop", account, "web", Lab.POD_IP, 8081, account)),
                List.of(),
                List.of(),
                List.of(),
                rules,
                reading.takeRetries().values().stream()
                        .flatMap(Optional::stream)
                        .toList(),
                List.of()));

        return new Planner(mesh).plan(account, Set.of(asked)).orElseThrow();
    }

    private static PodState pod(String account, String address) {
        return new PodState(
                "shop", account, account, address, new ServiceAccount("shop", account), true, false, List.of(), false);
    }
}
