package io.osmj.integration.walkthrough;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What can be read and reached on the wire. */
final class Wire {
    private static final String CALL = "neworder";
    private static final String STRANGER = "stranger";

    private final Scene scene;
    private final Apps apps;

    Wire(Scene scene, Apps apps) {
        this.scene = scene;
        this.apps = apps;
    }

    List<Step> steps() {
        return List.of(
                new Step("Between meshed pods every byte is TLS", this::encrypted),
                new Step("A pod outside the mesh cannot reach a meshed port", this::strangers),
                new Step("No peer reaches daprd's own API through the mesh", this::daprApi));
    }

    /** The call is looked for on the wire, and, so that the search is known to find it, on the pod's loopback. */
    private void encrypted() {
        PodNetwork network = PodNetwork.of(scene, apps.pod("app=node"));
        String peer = PodNetwork.of(scene, apps.pod("app=python")).address();
        try (Capture wire = network.capture("eth0", "tcp and host " + peer);
                Capture inside = network.capture("lo", "tcp port 50002");
                Calls calls = Calls.of(scene, "pythonapp")) {
            Instant start = Instant.now();
            Await.until(
                    "three calls pass",
                    Duration.ofSeconds(15),
                    () -> assertThat(calls.since(start))
                            .filteredOn(call -> call.status() == 200)
                            .hasSizeGreaterThanOrEqualTo(3));
            assertThat(inside.holds(CALL))
                    .as("'" + CALL + "' on the pod's loopback")
                    .isTrue();
            assertThat(wire.packets()).as("packets between the pods").isNotEmpty();
            assertThat(wire.holds(CALL)).as("'" + CALL + "' on the wire").isFalse();
            assertThat(wire.holds("orderId")).as("'orderId' on the wire").isFalse();
            scene.narrator()
                    .seen(wire.packets().size() + " packets between the pods, none with '" + CALL + "' in clear");
        }
    }

    private void strangers() {
        String address = PodNetwork.of(scene, apps.pod("app=node")).address();
        scene.kubectl(
                "run",
                STRANGER,
                "-n",
                "default",
                "--image=osm-java/test-tools:0.1.0",
                "--image-pull-policy=IfNotPresent");
        scene.kubectl("wait", "-n", "default", "--for=condition=Ready", "pod/" + STRANGER, "--timeout=60s");
        try {
            for (String target : List.of(
                    address + ":3000",
                    address + ":50002",
                    "nodeapp.dapr-test:80",
                    address + ":3500",
                    address + ":50001")) {
                Shell.Result answer = scene.tryKubectl(
                        "exec",
                        "-n",
                        "default",
                        STRANGER,
                        "--",
                        "curl",
                        "-sS",
                        "-m",
                        "3",
                        "http://" + target + "/order");
                assertThat(answer.succeeded()).as("a stranger calls " + target).isFalse();
            }
        } finally {
            scene.kubectl("delete", "pod", "-n", "default", STRANGER, "--now");
        }
    }

    private void daprApi() {
        PodNetwork caller = PodNetwork.of(scene, apps.pod("app=python"));
        String address = PodNetwork.of(scene, apps.pod("app=node")).address();
        for (int port : List.of(3500, 50001)) {
            String status = caller.run(
                            "curl",
                            "-sS",
                            "-m",
                            "3",
                            "-o",
                            "/dev/null",
                            "-w",
                            "%{http_code}",
                            "http://" + address + ":" + port + "/v1.0/healthz")
                    .output()
                    .strip();
            scene.narrator().seen("a meshed peer calls " + address + ":" + port + ": " + status);
            assertThat(status)
                    .as("answer to a peer that calls daprd's API at port " + port)
                    .matches("(?s).*(000|403|503)");
        }
    }
}
