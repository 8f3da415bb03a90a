package io.osmj.integration.walkthrough;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** A mesh that was installed with plain Helm, with two control planes, under 100 calls a second: what happens to it is not felt. */
final class UnderLoad {
    static final String NAMESPACE = "steady";
    private static final String OUTSIDE = "steady-outside";
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Pattern END = Pattern.compile("\"expiration_time\": \"([^\"]+)\"");
    private static final Pattern SERIAL = Pattern.compile("\"serial_number\": \"(\\w+)\"");

    private final Scene scene;
    private final String helm;
    private final Path root;
    private final ControlPlanePods controlPlane;
    private final SteadyCalls calls;
    private final ObjectInventory inventory;

    UnderLoad(Scene scene, Path root, String helm) {
        this.scene = scene;
        this.root = root;
        this.helm = helm;
        this.controlPlane = new ControlPlanePods(scene);
        this.calls = new SteadyCalls(scene);
        this.inventory = new ObjectInventory(scene);
    }

    List<Step> steps() {
        return List.of(
                new Step("helm install, with two control planes and certificates of a minute", this::install),
                new Step("100 calls a second, all answered", this::begin),
                new Step("Certificates are replaced in mid-traffic", this::rotation),
                new Step("Egress is opened and closed again, seen with packets", this::egress),
                new Step("The leader is lost with its pod: another takes over", this::leader),
                new Step("A kind is removed and comes back", this::kind),
                new Step("The whole control plane is killed", this::everybody),
                new Step("No secret is in the logs and pages of the control plane", this::secrets),
                new Step("osm uninstall mesh leaves nothing of what helm installed", this::uninstall));
    }

    private void install() {
        inventory.remember();
        Shell.Result installed = scene.run(
                helm,
                "install",
                "osm",
                root.resolve("charts/osm").toString(),
                "--namespace=" + Scene.MESH_NAMESPACE,
                "--create-namespace",
                "--wait",
                "--timeout=120s",
                "--set=osm.osmController.replicaCount=2,osm.osmController.resource.requests.cpu=100m",
                "--set=osm.enableEgress=false,osm.certificateProvider.serviceCertValidityDuration=1m");
        assertThat(installed.succeeded()).as(installed.output()).isTrue();
        controlPlane.awaitReady(2);
        assertThat(scene.osm("mesh", "list")).contains("osm-system");
    }

    private void begin() {
        scene.kubectl("create", "namespace", NAMESPACE);
        scene.kubectl("create", "namespace", OUTSIDE);
        scene.osm("namespace", "add", NAMESPACE);
        apply("pods.yaml");
        apply("probe.yaml");
        scene.kubectl("wait", "--for=condition=Ready", "-n", NAMESPACE, "pod/callee", "pod/caller", "--timeout=90s");
        Await.until(
                "calls are counted", SOON, () -> assertThat(calls.now().sent()).isPositive());
        calls.awaitSteady();
    }

    /** A leaf lives for a minute, so within two there are others on both sides. */
    private void rotation() {
        calls.during("the replacement of certificates", 300, () -> {
            Set<String> ofCaller = new TreeSet<>();
            Set<String> ofCallee = new TreeSet<>();
            Await.seldom("three certificates in a row on both sides", Duration.ofSeconds(150), () -> {
                ofCaller.add(leaf("caller"));
                ofCallee.add(leaf("callee"));
                assertThat(ofCaller).hasSizeGreaterThanOrEqualTo(3);
                assertThat(ofCallee).hasSizeGreaterThanOrEqualTo(3);
            });
            scene.narrator().seen("the caller had " + ofCaller.size() + " certificates, the callee " + ofCallee.size());
        });
        scene.patchMeshConfig("{\"spec\":{\"certificate\":{\"serviceCertValidityDuration\":\"24h\"}}}");
        Await.seldom("certificates of a day", Duration.ofSeconds(90), () -> {
            for (String pod : List.of("caller", "callee")) {
                assertThat(firstEnd(pod)).isAfter(Instant.now().plus(Duration.ofHours(1)));
            }
        });
    }

    /** The serial numbers of a pod's certificates: of them only the root's stays. */
    private String leaf(String pod) {
        return SERIAL.matcher(scene.osm("proxy", "get", "certs", pod, "-n", NAMESPACE))
                .results()
                .map(match -> match.group(1))
                .sorted()
                .reduce((one, other) -> one + " " + other)
                .orElseThrow();
    }

    /** When the first of a pod's certificates ends. */
    private Instant firstEnd(String pod) {
        return END.matcher(scene.osm("proxy", "get", "certs", pod, "-n", NAMESPACE))
                .results()
                .map(match -> Instant.parse(match.group(1)))
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    private void egress() {
        String address = pod(OUTSIDE, "outside").path("status").path("podIP").asText();
        PodNetwork network = PodNetwork.of(scene, pod(NAMESPACE, "probe"));
        calls.during("the opening and closing of egress", 150, () -> {
            assertThat(reaches(network, address)).as("egress is closed").isFalse();
            setEgress(true);
            Await.until(
                    "egress is open",
                    Duration.ofSeconds(10),
                    () -> assertThat(reaches(network, address)).isTrue());
            setEgress(false);
            Await.until(
                    "egress is closed again",
                    Duration.ofSeconds(10),
                    () -> assertThat(reaches(network, address)).isFalse());
        });
    }

    /** Whether a call arrives outside of the mesh, by its answer and by packets on the pod's interface, which must agree. */
    private boolean reaches(PodNetwork network, String address) {
        try (Capture wire = network.capture("eth0", "tcp and dst host " + address + " and dst port 3000")) {
            boolean answered = scene.tryKubectl(
                            "exec",
                            "-n",
                            NAMESPACE,
                            "probe",
                            "-c",
                            "app",
                            "--",
                            "curl",
                            "-sS",
                            "-m",
                            "2",
                            "http://" + address + ":3000/healthz")
                    .output()
                    .contains("ready");
            int packets = wire.packets().size();
            scene.narrator().seen((answered ? "answered, " : "no answer, ") + packets + " packets left the pod");
            assertThat(packets > 0).as("packets left the pod").isEqualTo(answered);
            return answered;
        }
    }

    private void setEgress(boolean open) {
        scene.patchMeshConfig("{\"spec\":{\"traffic\":{\"enableEgress\":" + open + "}}}");
    }

    private void leader() {
        calls.during("the loss of the leader", 600, () -> {
            String before = controlPlane.leader();
            JsonNode pod = pod(Scene.MESH_NAMESPACE, before);
            long start = System.nanoTime();
            controlPlane.lose(pod);
            Await.until(
                    "another leads",
                    SOON,
                    () -> assertThat(controlPlane.leader()).isNotEmpty().isNotEqualTo(before));
            scene.narrator().seen("another leads after " + (System.nanoTime() - start) / 1_000_000 + " ms");
            controlPlane.awaitReady(2);
        });
    }

    /** The mesh runs without route groups, and says so. */
    private void kind() {
        String definition = "httproutegroups.specs.smi-spec.io";
        calls.during("the removal of a kind", 150, () -> {
            scene.kubectl("delete", "crd", definition);
            Await.until(
                    "the missing kind is told of",
                    SOON,
                    () -> assertThat(controlPlane.page(controlPlane.leader(), "problems"))
                            .contains(definition));
            controlPlane.awaitReady(2);
            scene.kubectl(
                    "apply",
                    "-f",
                    root.resolve("charts/osm/crds/specs.smi-spec.io_httproutegroups.yaml")
                            .toString());
            Await.until(
                    "the kind is back",
                    SOON,
                    () -> assertThat(controlPlane.page(controlPlane.leader(), "problems"))
                            .doesNotContain(definition));
        });
    }

    private void everybody() {
        calls.during("the death of the whole control plane", 600, () -> {
            controlPlane.all().forEach(controlPlane::kill);
            Await.until(
                    "they are gone or anew",
                    SOON,
                    () -> assertThat(controlPlane.all())
                            .allMatch(pod -> pod.path("status")
                                            .path("containerStatuses")
                                            .path(0)
                                            .path("restartCount")
                                            .asInt()
                                    > 0));
            controlPlane.awaitReady(2);
        });
        String address = pod(OUTSIDE, "outside").path("status").path("podIP").asText();
        PodNetwork network = PodNetwork.of(scene, pod(NAMESPACE, "probe"));
        setEgress(true);
        Await.until(
                "what is changed reaches proxies",
                SOON,
                () -> assertThat(reaches(network, address)).isTrue());
    }

    private void secrets() {
        scene.patchMeshConfig("{\"spec\":{\"observability\":{\"osmLogLevel\":\"trace\"}}}");
        scene.kubectl("delete", "pod", "-n", NAMESPACE, "probe", "--now");
        apply("probe.yaml");
        scene.kubectl("wait", "--for=condition=Ready", "-n", NAMESPACE, "pod/probe", "--timeout=60s");
        String root = scene.look("get", "secret", "-n", Scene.MESH_NAMESPACE, "osm-ca-bundle", "-o", "json");
        for (JsonNode pod : controlPlane.all()) {
            String name = ControlPlanePods.name(pod);
            new Canaries(root).absentFrom("the log of " + name, scene.look("logs", "-n", Scene.MESH_NAMESPACE, name));
            for (String page : List.of("proxies", "problems", "metrics", "version", "smi/version")) {
                new Canaries(root).absentFrom(name + " /" + page, controlPlane.page(name, page));
            }
        }
    }

    private void uninstall() {
        scene.kubectl("delete", "namespace", NAMESPACE, OUTSIDE);
        scene.osm("uninstall", "mesh", "-f", "--delete-namespace", "--delete-cluster-wide-resources");
        Await.until(
                "what helm brought is gone",
                Duration.ofSeconds(90),
                () -> assertThat(inventory.changes()).isEmpty());
    }

    private void apply(String file) {
        scene.applyQuietly(file, Resource.text("/underload/" + file));
    }

    private JsonNode pod(String namespace, String name) {
        return scene.lookAt("get", "pod", "-n", namespace, name);
    }
}
