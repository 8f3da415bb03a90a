package io.osmj.integration.walkthrough;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Dapr with its mTLS off, the sample in its own namespace, and the mesh installed beside them. */
final class Beginning {
    private final Scene scene;
    private final Apps apps;
    private final ObjectInventory inventory;

    Beginning(Scene scene, Apps apps, ObjectInventory inventory) {
        this.scene = scene;
        this.apps = apps;
        this.inventory = inventory;
    }

    List<Step> steps() {
        return List.of(
                new Step("The sample works with Dapr alone: orders increase", this::sampleWithoutMesh),
                new Step("osm install, with egress closed", this::install),
                new Step("Permissive mode on", this::permissive),
                new Step("The API server's address is left out of interception", this::excludeApiServer),
                new Step("Ports of Dapr and Redis are left out, mesh-wide", this::excludePorts));
    }

    private void sampleWithoutMesh() {
        scene.kubectl("get", "svc", "-n", "dapr-system");
        apps.ready(2);
        ordersIncrease();
        inventory.remember();
    }

    private void install() {
        String said = scene.osm("install", "--set", "osm.enableEgress=false");
        assertThat(said).contains("OSM installed successfully in namespace [osm-system] with mesh name [osm]");
        scene.osm("mesh", "list");
    }

    private void permissive() {
        scene.patchMeshConfig("{\"spec\":{\"traffic\":{\"enablePermissiveTrafficPolicyMode\":true}}}");
    }

    private void excludeApiServer() {
        scene.kubectl("get", "svc", "-n", "default");
        String address = scene.look("get", "svc", "-n", "default", "kubernetes", "-o", "jsonpath={.spec.clusterIP}");
        scene.patchMeshConfig(
                "{\"spec\":{\"traffic\":{\"outboundIPRangeExclusionList\":[\"" + address.strip() + "/32\"]}}}");
    }

    private void excludePorts() {
        scene.patchMeshConfig("{\"spec\":{\"traffic\":{\"outboundPortExclusionList\":[50005,8201,6379]}}}");
    }

    /** Two new orders are taken. */
    void ordersIncrease() {
        try (Calls calls = Calls.of(scene, "pythonapp")) {
            Instant start = Instant.now();
            Await.until(
                    "two orders are taken",
                    Duration.ofSeconds(30),
                    () -> assertThat(calls.since(start).stream()
                                    .filter(call -> call.status() == 200)
                                    .map(Calls.Call::order)
                                    .distinct()
                                    .count())
                            .isGreaterThanOrEqualTo(2));
            calls.since(start).forEach(call -> scene.narrator().seen("order " + call.order() + ": " + call.status()));
        }
    }
}
