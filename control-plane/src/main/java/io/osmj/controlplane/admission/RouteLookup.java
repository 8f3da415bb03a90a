package io.osmj.controlplane.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.osmj.controlplane.admission.validate.ObjectLookup;
import io.osmj.core.problem.ObjectRef;
import java.util.List;
import java.util.Locale;

/** Asks the API server for what objects refer to. They are written rarely enough to ask each time. */
final class RouteLookup implements ObjectLookup {
    private static final ObjectMapper TREES = new ObjectMapper();

    private final KubernetesClient client;

    RouteLookup(KubernetesClient client) {
        this.client = client;
    }

    @Override
    public Answer find(ObjectRef ref) {
        try {
            GenericKubernetesResource object = client.genericKubernetesResources(
                            kind("specs.smi-spec.io", "v1alpha4", ref.kind()))
                    .inNamespace(ref.namespace())
                    .withName(ref.name())
                    .get();
            return object == null ? new Absent() : new Found(TREES.valueToTree(object));
        } catch (KubernetesClientException | IllegalArgumentException _) {
            // All that hangs on it is a warning; a name that cannot be asked for is reported when the target is read.
            return new Unknown();
        }
    }

    @Override
    public List<JsonNode> trafficSettings(String namespace) {
        try {
            return client
                    .genericKubernetesResources(kind("policy.openservicemesh.io", "v1alpha1", "UpstreamTrafficSetting"))
                    .inNamespace(namespace)
                    .list()
                    .getItems()
                    .stream()
                    .map(object -> TREES.<JsonNode>valueToTree(object))
                    .toList();
        } catch (KubernetesClientException _) {
            // Whoever reads them all finds the same fault and says so.
            return List.of();
        }
    }

    private static ResourceDefinitionContext kind(String group, String version, String kind) {
        return new ResourceDefinitionContext.Builder()
                .withGroup(group)
                .withVersion(version)
                .withKind(kind)
                .withPlural(kind.toLowerCase(Locale.ROOT) + "s")
                .withNamespaced(true)
                .build();
    }
}
