package io.osmj.integration.walkthrough;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What the mesh holds of memory, told and not judged: it depends on the machine. */
final class Weight {
    private static final Set<String> OURS = Set.of("osm-controller", "envoy");
    private static final double MEBIBYTE = 1 << 20;

    private final Scene scene;

    Weight(Scene scene) {
        this.scene = scene;
    }

    List<Step> steps() {
        return List.of(new Step("What the mesh holds of memory, as the kubelet counts it", this::weigh));
    }

    /** The kubelet looks every ten seconds or so, and has nothing to say before. */
    private void weigh() {
        await().atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofSeconds(2))
                .untilAsserted(() -> assertThat(ours())
                        .as("containers of the mesh")
                        .hasSizeGreaterThanOrEqualTo(3)
                        .allSatisfy(memory -> assertThat(memory.workingSet()).isPositive()));
        ours().forEach(memory -> scene.narrator().seen(memory.toString()));
    }

    private List<Memory> ours() {
        List<Memory> found = new ArrayList<>();
        for (JsonNode node : scene.lookAt("get", "nodes").path("items")) {
            for (JsonNode pod :
                    summary(node.path("metadata").path("name").asText()).path("pods")) {
                pod.path("containers").forEach(container -> {
                    if (OURS.contains(container.path("name").asText())) {
                        found.add(Memory.of(pod, container));
                    }
                });
            }
        }
        return found;
    }

    private JsonNode summary(String node) {
        try {
            return new ObjectMapper()
                    .readTree(scene.look("get", "--raw", "/api/v1/nodes/" + node + "/proxy/stats/summary"));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the kubelet of " + node + " printed no JSON", e);
        }
    }

    /**
     * What one container holds, in bytes.
     *
     * @param workingSet what a limit of memory is compared with
     * @param own the program's own pages; others may be shared with other pods
     */
    private record Memory(String container, String pod, long workingSet, long own) {
        static Memory of(JsonNode pod, JsonNode container) {
            JsonNode memory = container.path("memory");
            return new Memory(
                    container.path("name").asText(),
                    pod.path("podRef").path("name").asText(),
                    memory.path("workingSetBytes").asLong(),
                    memory.path("rssBytes").asLong());
        }

        @Override
        public String toString() {
            return "%s in %s: working set %.0f MiB, of it %.0f MiB its own"
                    .formatted(container, pod, workingSet / MEBIBYTE, own / MEBIBYTE);
        }
    }
}
