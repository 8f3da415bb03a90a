package io.osmj.integration.walkthrough;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** The namespace leaves, and the mesh goes. */
final class Ending {
    private final Scene scene;
    private final Apps apps;
    private final ObjectInventory inventory;
    private final Beginning beginning;

    Ending(Scene scene, Apps apps, ObjectInventory inventory, Beginning beginning) {
        this.scene = scene;
        this.apps = apps;
        this.inventory = inventory;
        this.beginning = beginning;
    }

    List<Step> steps() {
        return List.of(
                new Step("osm namespace remove dapr-test: redeployed pods are without a sidecar", this::leave),
                new Step("osm uninstall mesh --delete-cluster-wide-resources leaves nothing", this::uninstall));
    }

    private void leave() {
        assertThat(scene.osm("namespace", "remove", Scene.NAMESPACE))
                .contains("Namespace [dapr-test] successfully removed from mesh [osm]");
        scene.kubectl("delete", "traffictarget,httproutegroup", "--all", "-n", Scene.NAMESPACE);
        scene.kubectl("apply", "-f", scene.sample("secret-reader.yaml").toString());
        apps.asAtFirst();
        apps.redeploy();
        scene.kubectl("delete", "sa", "nodeapp", "pythonapp", "-n", Scene.NAMESPACE);
        apps.ready(2);
        beginning.ordersIncrease();
    }

    private void uninstall() {
        scene.osm("uninstall", "mesh", "-f", "--delete-cluster-wide-resources");
        Await.until(
                "what the mesh brought is gone",
                java.time.Duration.ofSeconds(90),
                () -> assertThat(inventory.changes()).isEmpty());
        scene.narrator().seen("the API server holds what it held before: " + inventory.size() + " objects");
    }
}
