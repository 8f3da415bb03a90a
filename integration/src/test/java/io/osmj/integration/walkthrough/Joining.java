package io.osmj.integration.walkthrough;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The namespace joins the mesh; what is left out of interception is seen with packets. */
final class Joining {
    private static final Pattern MENDING =
            Pattern.compile("kubectl patch meshconfig osm-mesh-config .*-p '(\\{.*})'", Pattern.MULTILINE);

    private final Scene scene;
    private final Apps apps;
    private final Beginning beginning;

    Joining(Scene scene, Apps apps, Beginning beginning) {
        this.scene = scene;
        this.apps = apps;
        this.beginning = beginning;
    }

    List<Step> steps() {
        return List.of(
                new Step("The pods leave port 80 out, by annotation", this::annotate),
                new Step("osm namespace add dapr-test", this::add),
                new Step("osm check names what this Dapr needs beyond the walkthrough's ports", this::check),
                new Step("Redeployed pods come up 3/3", this::redeploy),
                new Step("Orders increase through the mesh", beginning::ordersIncrease),
                new Step("osm proxy get asks a sidecar", this::ask),
                new Step("Each exclusion does what it says, seen with packets", this::packets));
    }

    private void annotate() {
        apps.annotated();
        scene.narrator()
                .seen("pod templates in node.yaml and python.yaml get the annotation"
                        + " openservicemesh.io/outbound-port-exclusion-list: \"80\"");
    }

    private void add() {
        assertThat(scene.osm("namespace", "add", Scene.NAMESPACE))
                .contains("Namespace [dapr-test] successfully added to mesh [osm]");
        scene.osm("namespace", "list");
    }

    private void check() {
        Shell.Result first = scene.tryOsm("check");
        assertThat(first.exitCode()).as("exit code of osm check").isEqualTo(1);
        Matcher mending = MENDING.matcher(first.output());
        assertThat(mending.find())
                .as("osm check prints the patch that mends it")
                .isTrue();
        scene.patchMeshConfig(mending.group(1));
        assertThat(scene.osm("check")).doesNotContain("kubectl patch meshconfig");
    }

    private void redeploy() {
        apps.redeploy();
        apps.ready(3);
        // The kernel writes neighbours as a range. A connection that left from one of daprd's ports would keep daprd
        // from starting.
        assertThat(PodNetwork.of(scene, apps.pod("app=node")).reservedPorts())
                .as("ports that no connection of the pod leaves from")
                .containsExactly("50001-50002");
    }

    private void ask() {
        String pod = apps.pod("app=node").path("metadata").path("name").asText();
        assertThat(scene.osm("proxy", "get", "ready", pod, "-n", Scene.NAMESPACE))
                .contains("LIVE");
    }

    private void packets() {
        PodNetwork network = PodNetwork.of(scene, apps.pod("app=node"));
        String redis = service(Scene.NAMESPACE, "redis-master");
        String kubernetes = service("default", "kubernetes");
        passes(network, redis, 6379);
        passes(network, redis, 50005);
        passes(network, redis, 8201);
        passes(network, redis, 80);
        passes(network, kubernetes, 9999);
        isTaken(network, redis, 9999);
    }

    private void passes(PodNetwork network, String address, int port) {
        assertThat(network.leavesPastTheSidecar(address, port))
                .as("packets to " + address + ":" + port + " leave past the sidecar")
                .isTrue();
        scene.narrator().seen(address + ":" + port + " leaves past the sidecar");
    }

    private void isTaken(PodNetwork network, String address, int port) {
        assertThat(network.leavesPastTheSidecar(address, port))
                .as("packets to " + address + ":" + port + " leave past the sidecar")
                .isFalse();
        scene.narrator().seen(address + ":" + port + " is taken by the sidecar, which refuses it");
    }

    private String service(String namespace, String name) {
        JsonNode service = scene.lookAt("get", "svc", "-n", namespace, name);
        return service.path("spec").path("clusterIP").asText();
    }
}
