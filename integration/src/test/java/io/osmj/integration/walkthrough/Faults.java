package io.osmj.integration.walkthrough;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The control plane dies, and users make mistakes. */
final class Faults {
    private static final Duration SOON = Duration.ofSeconds(60);

    private final Scene scene;
    private final Apps apps;

    Faults(Scene scene, Apps apps) {
        this.scene = scene;
        this.apps = apps;
    }

    List<Step> steps() {
        return List.of(
                new Step("The control plane is killed in mid-traffic: no request fails", this::kill),
                new Step("Pods made while it is away wait, and then work", this::away),
                new Step("Bad input is refused or reported with object, field, reason and remedy", this::badInput));
    }

    private void kill() {
        JsonNode controller = controller();
        int before = restarts(controller);
        try (Calls calls = Calls.of(scene, "pythonapp");
                Prober prober = prober()) {
            calls.until(200, Instant.now(), SOON);
            prober.until(200, Instant.now(), SOON);
            Instant killed = Instant.now();
            PodNetwork.of(scene, controller).kill("java");
            Await.until("the control plane is back", SOON, () -> {
                assertThat(restarts(controller())).isGreaterThan(before);
                assertThat(ready(controller())).isTrue();
            });
            Await.until(
                    "calls went on", SOON, () -> assertThat(calls.since(killed)).hasSizeGreaterThanOrEqualTo(5));
            Duration back = Duration.between(killed, Instant.now());
            assertThat(calls.since(killed)).allMatch(call -> call.status() == 200);
            scene.narrator()
                    .seen(unbroken(prober, killed) + "; ready again after " + back.toSeconds() + " s at the most");
        }
    }

    private Prober prober() {
        return Prober.in(PodNetwork.of(scene, apps.pod("app=python")));
    }

    private static String unbroken(Prober prober, Instant since) {
        List<Integer> answers = prober.since(since);
        assertThat(answers).hasSizeGreaterThan(20).containsOnly(200);
        return answers.size() + " calls meanwhile, all answered with 200";
    }

    private void away() {
        scene.kubectl("scale", "deployment/osm-controller", "-n", Scene.MESH_NAMESPACE, "--replicas=0");
        Await.until(
                "the control plane is away",
                SOON,
                () -> assertThat(controllers()).isEmpty());
        scene.kubectl("delete", "pod", "-n", Scene.NAMESPACE, "-l", "app=python", "--wait=false");
        Await.until(
                "the old pod is gone",
                SOON,
                () -> assertThat(apps.pods("app=python")).isEmpty());
        scene.kubectl("get", "pods", "-n", Scene.NAMESPACE);
        scene.kubectl("scale", "deployment/osm-controller", "-n", Scene.MESH_NAMESPACE, "--replicas=1");
        apps.ready("app=python", 3);
        try (Calls calls = Calls.of(scene, "pythonapp")) {
            calls.until(200, Instant.now(), SOON);
        }
    }

    private void badInput() {
        try (Prober prober = prober()) {
            prober.until(200, Instant.now(), SOON);
            Instant began = Instant.now();
            refusals();
            danglingMatch();
            scene.narrator().seen(unbroken(prober, began));
        }
    }

    private void refusals() {
        refused(
                patch("{\"spec\":{\"traffic\":{\"outboundIPRangeExclusionList\":[\"10.0.0.0/33\"]}}}"),
                "outboundIPRangeExclusionList");
        refused(patch("{\"spec\":{\"traffic\":{\"outboundPortExclusionList\":[70000]}}}"), "outboundPortExclusionList");
        refused(scene.tryApply("""
                        apiVersion: specs.smi-spec.io/v1alpha4
                        kind: HTTPRouteGroup
                        metadata: {name: illegal, namespace: dapr-test}
                        spec: {matches: [{name: ahead, pathRegex: "(?!x)"}]}
                        """), "spec.matches[0].pathRegex");
        refused(scene.tryApply("""
                        apiVersion: v1
                        kind: Pod
                        metadata:
                          name: undecided
                          namespace: dapr-test
                          annotations: {openservicemesh.io/sidecar-injection: perhaps}
                        spec: {containers: [{name: app, image: "osm-java/test-tools:0.1.0"}]}
                        """), "openservicemesh.io/sidecar-injection");
    }

    private Shell.Result patch(String patch) {
        return scene.tryKubectl(
                "patch", "meshconfig", "osm-mesh-config", "-n", Scene.MESH_NAMESPACE, "--type=merge", "-p", patch);
    }

    private static void refused(Shell.Result result, String field) {
        assertThat(result.succeeded()).as("accepted: " + result.output()).isFalse();
        assertThat(result.output()).contains(field);
    }

    /** Order of creation is free, so a target may name what does not exist yet: it is taken and reported. */
    private void danglingMatch() {
        scene.apply("""
                kind: TrafficTarget
                apiVersion: access.smi-spec.io/v1alpha3
                metadata: {name: dangling, namespace: dapr-test}
                spec:
                  destination: {kind: ServiceAccount, name: nodeapp, namespace: dapr-test}
                  sources: [{kind: ServiceAccount, name: default, namespace: dapr-test}]
                  rules: [{kind: HTTPRouteGroup, name: nodeapp-service-routes, matches: [old-order]}]
                """);
        Await.until(
                "an event tells of the missing match",
                SOON,
                () -> assertThat(scene.look(
                                "get",
                                "events",
                                "-n",
                                Scene.NAMESPACE,
                                "--field-selector=involvedObject.name=dangling"))
                        .contains("spec.rules[0].matches[0]"));
        scene.kubectl("get", "events", "-n", Scene.NAMESPACE, "--field-selector=involvedObject.name=dangling");
        scene.kubectl("delete", "traffictarget", "dangling", "-n", Scene.NAMESPACE);
    }

    private List<JsonNode> controllers() {
        return scene.lookAt("get", "pods", "-n", Scene.MESH_NAMESPACE, "-l", "app=osm-controller")
                .path("items")
                .valueStream()
                .toList();
    }

    private JsonNode controller() {
        return controllers().getFirst();
    }

    private static int restarts(JsonNode pod) {
        return pod.path("status")
                .path("containerStatuses")
                .path(0)
                .path("restartCount")
                .asInt();
    }

    private static boolean ready(JsonNode pod) {
        return pod.path("status")
                .path("containerStatuses")
                .path(0)
                .path("ready")
                .asBoolean();
    }
}
