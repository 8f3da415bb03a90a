package io.osmj.controlplane.admission;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.osmj.controlplane.admission.validate.ObjectLookup;
import io.osmj.core.problem.ObjectRef;
import java.util.Locale;

/** Asks the API server for route objects. Targets are written rarely enough to ask each time. */
final class RouteLookup implements ObjectLookup {
    private static final ObjectMapper TREES = new ObjectMapper();

    private final KubernetesClient client;

    RouteLookup(KubernetesClient client) {
        this.client = client;
    }

    @Override
    public Answer find(ObjectRef ref) {
        try {
            GenericKubernetesResource object = client.genericKubernetesResources(kind(ref.kind()))
                    .inNamespace(ref.namespace())
                    .withName(ref.name())
                    .get();
            return object == null ? new Absent() : new Found(TREES.valueToTree(object));
        } catch (KubernetesClientException | IllegalArgumentException _) {
            // All that hangs on it is a warning; a name that cannot be asked for is reported when the target is read.
            return new Unknown();
        }
    }

    private static ResourceDefinitionContext kind(String kind) {
        return new ResourceDefinitionContext.Builder()
                .withGroup("specs.smi-spec.io")
                .withVersion("v1alpha4")
                .withKind(kind)
                .withPlural(kind.toLowerCase(Locale.ROOT) + "s")
                .withNamespaced(true)
                .build();
    }
}
