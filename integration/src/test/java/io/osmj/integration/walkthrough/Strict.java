package io.osmj.integration.walkthrough;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Permissive mode goes off, and SMI lets one caller through. */
final class Strict {
    private static final Duration SOON = Duration.ofSeconds(20);

    /** Until a change is in force. */
    private static final Duration AT_MOST = Duration.ofSeconds(1);

    /** The same, and up to a second more until the application, which calls once a second, notices. */
    private static final Duration NOTICED = Duration.ofMillis(2_100);

    private static final String TARGET = """
            kind: TrafficTarget
            apiVersion: access.smi-spec.io/v1alpha3
            metadata:
              name: pythonapp-to-nodeapp
              namespace: dapr-test
            spec:
              destination: {kind: ServiceAccount, name: nodeapp, namespace: dapr-test}
              sources:
              - {kind: ServiceAccount, name: pythonapp, namespace: dapr-test}
              rules:
              - {kind: HTTPRouteGroup, name: nodeapp-service-routes, matches: [new-order]}
            """;
    private static final String ROUTES = """
            apiVersion: specs.smi-spec.io/v1alpha4
            kind: HTTPRouteGroup
            metadata:
              name: nodeapp-service-routes
              namespace: dapr-test
            spec:
              matches:
              - name: new-order
            """;
    private static final String READERS = """
            kind: RoleBinding
            apiVersion: rbac.authorization.k8s.io/v1
            metadata:
              name: dapr-secret-reader
              namespace: dapr-test
            subjects:
            - {kind: ServiceAccount, name: default}
            - {kind: ServiceAccount, name: nodeapp}
            - {kind: ServiceAccount, name: pythonapp}
            roleRef: {kind: Role, name: secret-reader, apiGroup: rbac.authorization.k8s.io}
            """;

    private final Scene scene;
    private final Apps apps;

    Strict(Scene scene, Apps apps) {
        this.scene = scene;
        this.apps = apps;
    }

    List<Step> steps() {
        return List.of(
                new Step("Permissive mode off: 403 through Dapr, and orders stand still", this::deny),
                new Step("Service accounts of their own for both applications", this::accounts),
                new Step("TrafficTarget and HTTPRouteGroup: orders go on, on the open connection", this::allow),
                new Step("Another service account still gets 403", this::other),
                new Step("Without the target orders stop again", this::revoke),
                new Step("With the target orders go on again", this::allowAgain));
    }

    private void deny() {
        try (Calls calls = Calls.of(scene, "pythonapp");
                Prober prober = prober()) {
            Await.until("orders are taken", SOON, () -> assertThat(calls.all()).anyMatch(call -> call.status() == 200));
            Instant patched = Instant.now();
            scene.patchMeshConfig("{\"spec\":{\"traffic\":{\"enablePermissiveTrafficPolicyMode\":false}}}");
            inForce(prober, 403, patched);
            stops(calls, patched);
        }
        assertThat(apps.restarts("app=node") + apps.restarts("app=python"))
                .as("restarts")
                .isZero();
    }

    private Prober prober() {
        return Prober.in(PodNetwork.of(scene, apps.pod("app=python")));
    }

    private void inForce(Prober prober, int status, Instant change) {
        Duration after = prober.until(status, change, SOON);
        scene.narrator()
                .seen("calls through its daprd were answered " + status + " from " + after.toMillis()
                        + " ms after the change on");
        assertThat(after).isLessThan(AT_MOST);
    }

    private void stops(Calls calls, Instant change) {
        Duration after = calls.until(403, change, SOON);
        scene.narrator().seen("the application saw the first 403 " + after.toMillis() + " ms after the change");
        assertThat(after).isLessThan(NOTICED);
        Instant denied = Instant.now();
        Await.until(
                "three calls more", SOON, () -> assertThat(calls.since(denied)).hasSizeGreaterThanOrEqualTo(3));
        assertThat(calls.since(denied)).allMatch(call -> call.status() == 403);
        calls.since(denied)
                .forEach(call ->
                        scene.narrator().seen("order " + call.order() + ": " + call.status() + " " + call.text()));
    }

    private void accounts() {
        scene.kubectl("create", "sa", "nodeapp", "-n", Scene.NAMESPACE);
        scene.kubectl("create", "sa", "pythonapp", "-n", Scene.NAMESPACE);
        scene.apply(READERS);
        apps.useOwnAccounts();
        apps.redeploy();
        apps.ready(3);
        try (Calls calls = Calls.of(scene, "pythonapp")) {
            calls.until(403, Instant.now(), SOON);
        }
    }

    private void allow() {
        PodNetwork caller = PodNetwork.of(scene, apps.pod("app=python"));
        try (Calls calls = Calls.of(scene, "pythonapp");
                Prober prober = Prober.in(caller)) {
            calls.until(403, Instant.now(), SOON);
            prober.until(403, Instant.now(), SOON);
            Set<String> before = connectionsOfDaprd(caller);
            scene.apply(TARGET);
            Instant complete = Instant.now();
            scene.apply(ROUTES);
            inForce(prober, 200, complete);
            assertThat(calls.until(200, complete, SOON)).isLessThan(NOTICED);
            assertThat(connectionsOfDaprd(caller))
                    .as("connections of daprd to its peer")
                    .containsAll(before);
            assertThat(before).isNotEmpty();
            scene.narrator().seen("daprd's connection is the one it had: " + before);
        }
    }

    /** Connections to a peer's internal port by the user daprd runs as. */
    private static Set<String> connectionsOfDaprd(PodNetwork caller) {
        return caller.run("ss", "-H", "-t", "-n", "-e", "state", "established", "dport", "=", ":50002")
                .output()
                .lines()
                .filter(line -> line.contains("uid:65532"))
                .map(line -> line.strip().split("\\s+"))
                .map(fields -> fields[2] + " -> " + fields[3])
                .collect(java.util.stream.Collectors.toCollection(java.util.TreeSet::new));
    }

    private void other() {
        scene.kubectl("apply", "-f", scene.sample("python-other.yaml").toString());
        apps.ready("app=python-other", 3);
        try (Calls calls = Calls.of(scene, "pythonother")) {
            calls.until(403, Instant.now(), SOON);
            assertThat(calls.all()).noneMatch(call -> call.status() == 200);
        }
        scene.kubectl("delete", "-f", scene.sample("python-other.yaml").toString());
    }

    private void revoke() {
        try (Calls calls = Calls.of(scene, "pythonapp");
                Prober prober = prober()) {
            calls.until(200, Instant.now(), SOON);
            prober.until(200, Instant.now(), SOON);
            Instant deleted = Instant.now();
            scene.kubectl("delete", "traffictarget", "pythonapp-to-nodeapp", "-n", Scene.NAMESPACE);
            inForce(prober, 403, deleted);
            stops(calls, deleted);
        }
    }

    private void allowAgain() {
        try (Calls calls = Calls.of(scene, "pythonapp");
                Prober prober = prober()) {
            prober.until(403, Instant.now(), SOON);
            Instant applied = Instant.now();
            scene.apply(TARGET);
            inForce(prober, 200, applied);
            assertThat(calls.until(200, applied, SOON)).isLessThan(NOTICED);
        }
    }
}
