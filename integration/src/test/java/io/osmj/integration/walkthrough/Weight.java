package io.osmj.integration.walkthrough;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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

    private void weigh() {
        List<String> lines = new ArrayList<>();
        for (JsonNode node : scene.lookAt("get", "nodes").path("items")) {
            String name = node.path("metadata").path("name").asText();
            for (JsonNode pod : summary(name).path("pods")) {
                pod.path("containers").forEach(container -> {
                    if (OURS.contains(container.path("name").asText())) {
                        lines.add(line(pod, container));
                    }
                });
            }
        }
        assertThat(lines).as("containers of the mesh").hasSizeGreaterThanOrEqualTo(3);
        lines.forEach(scene.narrator()::seen);
    }

    private JsonNode summary(String node) {
        try {
            return new ObjectMapper()
                    .readTree(scene.look("get", "--raw", "/api/v1/nodes/" + node + "/proxy/stats/summary"));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the kubelet of " + node + " printed no JSON", e);
        }
    }

    /** The working set is what a limit of memory is compared with; the program's own pages may be shared with other pods. */
    private static String line(JsonNode pod, JsonNode container) {
        JsonNode memory = container.path("memory");
        return "%s in %s: working set %.0f MiB, of it %.0f MiB its own"
                .formatted(
                        container.path("name").asText(),
                        pod.path("podRef").path("name").asText(),
                        memory.path("workingSetBytes").asLong() / MEBIBYTE,
                        memory.path("rssBytes").asLong() / MEBIBYTE);
    }
}
