package io.osmj.integration.walkthrough;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;

/** The sample's pods. */
final class Apps {
    private final Scene scene;
    private Variant variant = Variant.PLAIN;

    Apps(Scene scene) {
        this.scene = scene;
    }

    /** From now on the pods are made with the walkthrough's annotation. */
    void annotated() {
        variant = Variant.ANNOTATED;
    }

    /** From now on the pods are made with the annotation and with service accounts of their own. */
    void useOwnAccounts() {
        variant = Variant.OWN_ACCOUNTS;
    }

    /** From now on the pods are made as the tutorial made them at first. */
    void asAtFirst() {
        variant = Variant.PLAIN;
    }

    /** Deletes and applies the two applications again, as the tutorial does. */
    void redeploy() {
        String node = variant.of(scene.sample("node.yaml"), "nodeapp");
        String python = variant.of(scene.sample("python.yaml"), "pythonapp");
        scene.kubectl("delete", "-f", scene.sample("node.yaml").toString());
        scene.kubectl("delete", "-f", scene.sample("python.yaml").toString());
        Await.until("the old pods are gone", Duration.ofSeconds(60), () -> {
            assertThat(pods("app=node")).isEmpty();
            assertThat(pods("app=python")).isEmpty();
        });
        scene.applyQuietly("node.yaml", node);
        scene.applyQuietly("python.yaml", python);
    }

    /** Waits until both have one pod with this many containers, all ready, and none was restarted. */
    void ready(int containers) {
        ready("app=node", containers);
        ready("app=python", containers);
        scene.kubectl("get", "pods", "-n", Scene.NAMESPACE);
    }

    void ready(String selector, int containers) {
        Await.until(selector + " has all containers ready", Duration.ofSeconds(90), () -> {
            List<JsonNode> pods = pods(selector);
            assertThat(pods).hasSize(1);
            assertThat(containersOf(pods.getFirst())).hasSize(containers);
            assertThat(containersOf(pods.getFirst()))
                    .allMatch(status -> status.path("ready").asBoolean());
        });
        assertThat(ends(selector))
                .as("containers of " + selector + " that ended")
                .isEmpty();
    }

    /** How often containers of these pods were restarted, init containers too. */
    int restarts(String selector) {
        return pods(selector).stream()
                .flatMap(pod -> statuses(pod).stream())
                .mapToInt(status -> status.path("restartCount").asInt())
                .sum();
    }

    /** How containers ended that were restarted, and what they had said last: from the pod alone nobody could tell why. */
    private List<String> ends(String selector) {
        return pods(selector).stream()
                .flatMap(pod -> statuses(pod).stream()
                        .filter(status -> status.path("restartCount").asInt() > 0)
                        .map(status -> status.path("name").asText() + " "
                                + status.path("lastState").path("terminated") + "\n"
                                + scene.tryKubectl(
                                                "logs",
                                                "-n",
                                                Scene.NAMESPACE,
                                                pod.path("metadata")
                                                        .path("name")
                                                        .asText(),
                                                "-c",
                                                status.path("name").asText(),
                                                "--previous",
                                                "--tail=30")
                                        .output()))
                .toList();
    }

    /** The pods that are not on their way out. */
    List<JsonNode> pods(String selector) {
        JsonNode list = scene.lookAt("get", "pods", "-n", Scene.NAMESPACE, "-l", selector);
        return list.path("items").valueStream().toList();
    }

    /** The one pod of these labels. */
    JsonNode pod(String selector) {
        List<JsonNode> pods = pods(selector);
        assertThat(pods).as("pods with " + selector).hasSize(1);
        return pods.getFirst();
    }

    /** What kubectl counts under READY: containers and init containers that go on running. */
    private static List<JsonNode> containersOf(JsonNode pod) {
        List<String> lasting = pod.path("spec")
                .path("initContainers")
                .valueStream()
                .filter(container -> container.path("restartPolicy").asText().equals("Always"))
                .map(container -> container.path("name").asText())
                .toList();
        List<JsonNode> containers = new java.util.ArrayList<>(
                pod.path("status").path("containerStatuses").valueStream().toList());
        pod.path("status")
                .path("initContainerStatuses")
                .valueStream()
                .filter(status -> lasting.contains(status.path("name").asText()))
                .forEach(containers::add);
        return containers;
    }

    private static List<JsonNode> statuses(JsonNode pod) {
        List<JsonNode> all = new java.util.ArrayList<>(
                pod.path("status").path("containerStatuses").valueStream().toList());
        pod.path("status").path("initContainerStatuses").forEach(all::add);
        return all;
    }
}
