package io.osmj.controlplane.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.api.model.WatchEvent;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeanJsonTest {
    private static final String POD = """
            {"kind": "Pod", "apiVersion": "v1",
             "metadata": {
               "managedFields": [{"manager": "kubelet", "fieldsV1": {"f:spec": {"f:containers": {}}}}],
               "name": "a", "labels": {"managedFields": "kept"}, "annotations": {}},
             "spec": {"containers": [], "nodeSelector": {"managedFields": "kept"}}}
            """;

    private final KubernetesSerialization json = WatchedJson.serialization();

    @Test
    void whoWroteWhatIsPassedOverAndNothingElse() {
        Pod pod = (Pod) json.unmarshal("{\"type\": \"ADDED\", \"object\": " + POD + "}", WatchEvent.class)
                .getObject();

        assertThat(pod.getMetadata().getManagedFields()).isEmpty();
        assertThat(pod.getMetadata().getName()).isEqualTo("a");
        assertThat(pod.getMetadata().getLabels()).containsEntry("managedFields", "kept");
        assertThat(pod.getSpec().getNodeSelector()).containsEntry("managedFields", "kept");
    }

    @Test
    void ofAPodOnlyWhatIsLookedAtIsRead() {
        Pod pod = json.unmarshal("""
                {"kind": "Pod", "apiVersion": "v1", "metadata": {"name": "a"},
                 "spec": {"serviceAccountName": "s", "volumes": [{"name": "v"}],
                          "initContainers": [{"name": "i", "image": "x"}],
                          "containers": [{"name": "c", "args": ["--port", "1"], "env": [{"name": "args"}]}]},
                 "status": {"phase": "Running", "podIP": "10.0.0.1", "containerStatuses": [{"name": "c"}]}}
                """, Pod.class);

        assertThat(pod.getSpec().getServiceAccountName()).isEqualTo("s");
        assertThat(pod.getSpec().getVolumes()).isEmpty();
        assertThat(pod.getSpec().getInitContainers())
                .singleElement()
                .extracting(Container::getName, Container::getImage)
                .containsExactly("i", null);
        assertThat(pod.getSpec().getContainers()).singleElement().satisfies(container -> {
            assertThat(container.getName()).isEqualTo("c");
            assertThat(container.getArgs()).containsExactly("--port", "1");
            assertThat(container.getEnv()).isEmpty();
        });
        assertThat(pod.getStatus().getPhase()).isEqualTo("Running");
        assertThat(pod.getStatus().getPodIP()).isEqualTo("10.0.0.1");
        assertThat(pod.getStatus().getContainerStatuses()).isEmpty();
    }

    @Test
    void aListIsReadLikewiseAlsoAnEmptyOne() {
        PodList pods = json.unmarshal(list(POD), PodList.class);

        assertThat(pods.getMetadata().getResourceVersion()).isEqualTo("7");
        assertThat(pods.getItems()).singleElement().satisfies(pod -> {
            assertThat(pod.getMetadata().getName()).isEqualTo("a");
            assertThat(pod.getMetadata().getManagedFields()).isEmpty();
        });
        assertThat(json.unmarshal(list(""), PodList.class).getItems()).isEmpty();
    }

    private static String list(String items) {
        return "{\"kind\": \"PodList\", \"apiVersion\": \"v1\", \"metadata\": {\"resourceVersion\": \"7\"}, \"items\": ["
                + items + "]}";
    }

    @Test
    void whatAnObjectOfOurOwnKindSaysIsNotTouched() {
        GenericKubernetesResource object = json.unmarshal("""
                {"kind": "HTTPRouteGroup", "apiVersion": "specs.smi-spec.io/v1alpha4",
                 "metadata": {"name": "a", "managedFields": [{}]},
                 "spec": {"matches": [{"name": "m", "headers": [{"managedFields": "x"}], "methods": []}],
                          "metadata": {"managedFields": "x"}}}
                """, GenericKubernetesResource.class);

        assertThat(object.getMetadata().getManagedFields()).isEmpty();
        assertThat(object.<Object>get("spec", "metadata", "managedFields")).isEqualTo("x");
        assertThat(object.<Object>get("spec", "matches", 0, "headers", 0, "managedFields"))
                .isEqualTo("x");
        assertThat(object.<Object>get("spec", "matches", 0, "methods")).isEqualTo(List.of());
    }
}
