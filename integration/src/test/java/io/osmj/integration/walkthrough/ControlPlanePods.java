package io.osmj.integration.walkthrough;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;

/** The pods of the control plane. */
final class ControlPlanePods {
    private static final Duration SOON = Duration.ofSeconds(60);

    private final Scene scene;

    ControlPlanePods(Scene scene) {
        this.scene = scene;
    }

    List<JsonNode> all() {
        return scene.lookAt("get", "pods", "-n", Scene.MESH_NAMESPACE, "-l", "app=osm-controller")
                .path("items")
                .valueStream()
                .toList();
    }

    /** The name of the pod that leads. */
    String leader() {
        return scene.look(
                        "get",
                        "lease",
                        "-n",
                        Scene.MESH_NAMESPACE,
                        "osm-controller-leader",
                        "-o",
                        "jsonpath={.spec.holderIdentity}")
                .strip();
    }

    /** A page of one pod's port 9091, asked through the API server. */
    String page(String pod, String path) {
        return scene.look(
                "get", "--raw", "/api/v1/namespaces/" + Scene.MESH_NAMESPACE + "/pods/" + pod + ":9091/proxy/" + path);
    }

    /** Ends a pod's process without a word to it. */
    void kill(JsonNode pod) {
        PodNetwork.of(scene, pod).kill("java");
    }

    /** The same, and the pod goes too: what comes in its place has another name. */
    void lose(JsonNode pod) {
        kill(pod);
        scene.kubectl("delete", "pod", "-n", Scene.MESH_NAMESPACE, name(pod), "--grace-period=0", "--force");
    }

    void awaitReady(int count) {
        Await.until(
                "the control plane is ready",
                SOON,
                () -> assertThat(all())
                        .hasSize(count)
                        .allMatch(pod -> pod.path("status")
                                .path("containerStatuses")
                                .path(0)
                                .path("ready")
                                .asBoolean()));
    }

    static String name(JsonNode pod) {
        return pod.path("metadata").path("name").asText();
    }
}
