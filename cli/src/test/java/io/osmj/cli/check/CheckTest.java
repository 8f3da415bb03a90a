package io.osmj.cli.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.osmj.cli.CommandLineRun;
import io.osmj.cli.cluster.Controller;
import io.osmj.cli.cluster.RealApiServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@Tag("apiserver")
@ExtendWith(RealApiServer.class)
class CheckTest {
    private static final Pattern MEND = Pattern.compile("run: kubectl patch meshconfig .* -p '(.*)'");

    private static final Pattern ECHO = Pattern.compile("with the defaults: echo '(.*)' \\| kubectl apply -f -");

    private final KubernetesClient client;
    private final RealApiServer.Running server;
    private final List<HasMetadata> created = new ArrayList<>();

    @TempDir
    private Path folder = Path.of("");

    private Path kubeconfig = Path.of("");

    CheckTest(RealApiServer.Running server) {
        this.server = server;
        this.client = server.client();
    }

    @BeforeEach
    void writeKubeconfig() throws IOException {
        kubeconfig = folder.resolve("kubeconfig");
        Files.writeString(kubeconfig, server.kubeconfig());
    }

    @AfterEach
    void removeWhatWasCreated() {
        osm("uninstall", "mesh", "-f", "-a");
        created.stream()
                .sorted(Comparator.comparingInt(object -> object.getKind().equals("Namespace") ? 1 : 0))
                .forEach(object -> {
                    if (object.getKind().equals("Namespace")) {
                        server.endNamespace(object.getMetadata().getName());
                    } else {
                        client.resource(object).withGracePeriod(0).delete();
                    }
                });
        server.endNamespace("osm-system");
    }

    @Test
    void withoutAMeshItSaysHowToGetOne() {
        var run = osm("check");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.lines())
                .startsWith("kubernetes-api", "--------------", "√ can query the API server")
                .containsSequence(
                        "× mesh osm exists", "    there is no control plane in the cluster", "    run: osm install")
                .endsWith("Status check results are ×");
    }

    @Test
    void namesWhatAControlPlaneThatDoesNotRunLacks() {
        assertThat(osm("install", "--no-wait").exitCode()).isZero();

        var run = osm("check");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.lines())
                .contains(
                        "× deployment osm-controller is available",
                        "× a controller answers",
                        "√ all 12 kinds are served",
                        "× the API server trusts the injector (osm-inject.k8s.io)",
                        "    its caBundle is empty",
                        "√ MeshConfig osm-mesh-config exists in namespace osm-system",
                        "√ all its values are usable",
                        "‼ namespaces belong to the mesh",
                        "√ Dapr is not installed, so there is nothing to see to");
    }

    @Test
    void namesTheMeshThatIsThereInsteadOfTheOneThatIsNot() {
        assertThat(osm("install", "--no-wait").exitCode()).isZero();

        assertThat(osm("check", "--mesh-name", "ohm").lines())
                .containsSequence("× mesh ohm exists", "    there is only osm", "    run: osm check --mesh-name osm");
    }

    @Test
    void saysHowALostMeshConfigIsMadeAnew() {
        assertThat(osm("install", "--no-wait").exitCode()).isZero();
        client.genericKubernetesResources("config.openservicemesh.io/v1alpha2", "MeshConfig")
                .inNamespace("osm-system")
                .withName("osm-mesh-config")
                .delete();

        var lost = osm("check");
        assertThat(lost.lines())
                .contains(
                        "× MeshConfig osm-mesh-config exists in namespace osm-system",
                        "    as installed: helm get manifest osm -n osm-system | kubectl apply -f -");
        var remedy = ECHO.matcher(lost.out());
        assertThat(remedy.find()).isTrue();
        client.resource(remedy.group(1)).create();

        assertThat(osm("check").lines())
                .contains("√ MeshConfig osm-mesh-config exists in namespace osm-system", "√ all its values are usable");
    }

    @Test
    void showsWhatTheControlPlaneFindsWrong() throws IOException {
        assertThat(osm("install", "--no-wait").exitCode()).isZero();
        try (var _ = Controller.answering(client, Map.of("problems", """
                [{"code":"M5001","kind":"Pod","namespace":"shop","name":"web","field":"",
                  "message":"Its proxy refuses SECRET root-cert: no","remedy":"Look further."},
                 {"code":"M5001","kind":"MeshConfig","namespace":"osm-system","name":"osm-mesh-config","field":"",
                  "message":"Refused.","remedy":"Mend it."},
                 {"code":"M4001","kind":"TCPRoute","namespace":"","name":"","field":"spec",
                  "message":"Not installed.","remedy":"Install it."},
                 {"code":"M1005","kind":"MeshConfig","namespace":"osm-system","name":"osm-mesh-config","field":"spec",
                  "message":"Said elsewhere.","remedy":""}]"""))) {
            assertThat(osm("check").lines())
                    .containsSequence(
                            "× the control plane finds nothing wrong with Pod shop/web",
                            "    M5001 Its proxy refuses SECRET root-cert: no",
                            "    Look further.",
                            "× the control plane finds nothing wrong with MeshConfig osm-system/osm-mesh-config",
                            "    M5001 Refused.",
                            "    Mend it.",
                            "‼ the control plane finds nothing wrong with TCPRoute /",
                            "    M4001 spec: Not installed.",
                            "    Install it.",
                            "")
                    .noneMatch(line -> line.contains("Said elsewhere."));
        }
    }

    @Test
    void showsTheFirstOfManyProblemsAndCountsTheOthers() throws IOException {
        assertThat(osm("install", "--no-wait").exitCode()).isZero();
        var problem = "{\"code\":\"M5001\",\"kind\":\"Pod\",\"namespace\":\"shop\",\"name\":\"web-%d\"}";
        var many = IntStream.range(0, 13).mapToObj(problem::formatted).collect(Collectors.joining(",", "[", "]"));
        try (var _ = Controller.answering(client, Map.of("problems", many))) {
            assertThat(osm("check").lines())
                    .containsSequence("× it finds nothing else wrong", "    3 more")
                    .filteredOn(line -> line.contains("finds nothing wrong with Pod shop/web-"))
                    .hasSize(10);
        }
    }

    @Test
    void namesSettingsThatHaveNoEffect() {
        assertThat(osm("install", "--no-wait", "--set", "osm.tracing.enable=true")
                        .exitCode())
                .isZero();

        assertThat(osm("check").lines())
                .contains("    spec.observability.tracing.enable is not acted on yet: proxies send no traces")
                .filteredOn(line -> line.contains("is not acted on yet"))
                .hasSize(1);
    }

    @Test
    void namesWhatDaprIsMissingAndTheCommandThatMendsIt() {
        stageDapr();

        var before = osm("check");

        assertThat(before.lines())
                .contains(
                        "√ Dapr's control plane is in namespace dapr-system",
                        "× daprd of every pod reaches what it needs to start",
                        "    port 6379 for component statestore (state.redis) is not excluded: daprd ends after 5 seconds"
                                + " (dapr-test/nodeapp)",
                        "    10.0.0.11/32 for dapr-api is not excluded: daprd ends after 30 seconds (dapr-test/nodeapp)",
                        "    port 50006 for dapr-scheduler-server is not excluded: daprd is never ready"
                                + " (dapr-test/nodeapp)",
                        "    10.0.0.1/32 for the Kubernetes API server is not excluded: daprd's secrets API does not answer"
                                + " (dapr-test/nodeapp)",
                        "    then create the pods anew: kubectl rollout restart deployment -n dapr-test",
                        "‼ every pod that asks for a sidecar has one",
                        "    without one: dapr-test/pythonapp");
        var mend = MEND.matcher(before.out());
        assertThat(mend.find()).isTrue();
        assertThat(mend.group(1))
                .isEqualTo("{\"spec\":{\"traffic\":{\"outboundPortExclusionList\":[6379,8201,50005,50006],"
                        + "\"outboundIPRangeExclusionList\":[\"10.0.0.1/32\",\"10.0.0.11/32\",\"10.0.0.12/32\","
                        + "\"10.0.0.13/32\",\"192.0.2.0/24\"]}}}");

        client.genericKubernetesResources("config.openservicemesh.io/v1alpha2", "MeshConfig")
                .inNamespace("osm-system")
                .withName("osm-mesh-config")
                .patch(PatchContext.of(PatchType.JSON_MERGE), mend.group(1));

        assertThat(osm("check").lines())
                .contains("√ daprd of every pod reaches what it needs to start")
                .containsSequence(
                        "‼ every sidecar was created with the exclusion lists of today",
                        "    created with others: dapr-test/nodeapp");
    }

    @Test
    void namesTheSidecarsThatNoControllerKnows() throws IOException {
        assertThat(osm("install", "--no-wait").exitCode()).isZero();
        create(new NamespaceBuilder()
                .withNewMetadata()
                .withName("shop")
                .endMetadata()
                .build());
        var connected = runningWithSidecar("web");
        runningWithSidecar("lost");
        assertThat(osm("namespace", "add", "shop").exitCode()).isZero();

        try (var _ = Controller.answering(
                client,
                Map.of(
                        "version",
                        "{}",
                        "problems",
                        "[]",
                        "proxies",
                        "[{\"podUid\":\"%s\",\"refuses\":[]}]"
                                .formatted(connected.getMetadata().getUid())))) {
            assertThat(osm("check").lines())
                    .containsSequence(
                            "‼ every sidecar is connected to a controller",
                            "    not connected, so they hear of no change: shop/lost");
        }
        assertThat(osm("check").lines()).noneMatch(line -> line.contains("is connected to a controller"));
    }

    private Pod runningWithSidecar(String name) {
        create(new PodBuilder(podWithoutSidecar("shop"))
                .editMetadata()
                .withName(name)
                .addToLabels("osm-proxy-uuid", "9a5cbd0e-0000-4000-8000-000000000000")
                .endMetadata()
                .build());
        return client.pods()
                .inNamespace("shop")
                .withName(name)
                .editStatus(created -> new PodBuilder(created)
                        .editOrNewStatus()
                        .withPhase("Running")
                        .endStatus()
                        .build());
    }

    @Test
    void looksAtThePodsOfOneNamespaceOnly() {
        assertThat(osm("install", "--no-wait").exitCode()).isZero();
        for (var namespace : List.of("shop", "bank")) {
            create(new NamespaceBuilder()
                    .withNewMetadata()
                    .withName(namespace)
                    .endMetadata()
                    .build());
            create(podWithoutSidecar(namespace));
            assertThat(osm("namespace", "add", namespace).exitCode()).isZero();
        }

        assertThat(osm("check").lines()).contains("    without one: bank/web, shop/web");
        assertThat(osm("check", "-n", "shop").lines()).contains("    without one: shop/web");
        assertThat(osm("check", "-n", "default").lines())
                .containsSequence("‼ namespaces belong to the mesh", "    namespace default does not")
                .noneMatch(line -> line.contains("without one:"));
    }

    @Test
    void listsTheControlPlanesOfOneNamespaceOnly() {
        assertThat(osm("install", "--no-wait").exitCode()).isZero();

        assertThat(osm("mesh", "list", "-n", "osm-system").out()).contains("osm-system");
        assertThat(osm("mesh", "list", "-n", "default").lines()).containsExactly("No osm mesh control planes found");
        assertThat(osm("version", "-n", "osm-system").out()).contains("osm-system");
        assertThat(osm("version", "-n", "default").lines()).contains("Unable to find OSM control plane in the cluster");
    }

    @Test
    void tellsProgramsTheSame() {
        var run = osm("check", "-o", "json");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out())
                .contains("\"success\" : false")
                .contains("\"categoryName\" : \"osm-control-plane\"")
                .contains("\"result\" : \"error\"");
    }

    private void stageDapr() {
        var installed = osm(
                "install",
                "--no-wait",
                "--set",
                "osm.enableEgress=false,osm.outboundPortExclusionList={50005,8201}",
                "--set",
                "osm.outboundIPRangeExclusionList={192.0.2.0/24}");
        assertThat(installed.exitCode()).as(installed.err()).isZero();
        create("component-kind.yaml");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> client.genericKubernetesResources("dapr.io/v1alpha1", "Component")
                                .inAnyNamespace()
                                .list()
                        != null);
        create("dapr.yaml");
        assertThat(osm("namespace", "add", "dapr-test").exitCode()).isZero();
    }

    private static Pod podWithoutSidecar(String namespace) {
        return new PodBuilder()
                .withNewMetadata()
                .withName("web")
                .withNamespace(namespace)
                .endMetadata()
                .withNewSpec()
                .withAutomountServiceAccountToken(false)
                .addNewContainer()
                .withName("web")
                .withImage("web")
                .endContainer()
                .endSpec()
                .build();
    }

    private void create(HasMetadata object) {
        created.add(client.resource(object).create());
    }

    private void create(String file) {
        created.addAll(client.load(CheckTest.class.getResourceAsStream(file)).create());
    }

    private CommandLineRun osm(String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--kubeconfig", kubeconfig.toString()));
        return CommandLineRun.of(all.toArray(String[]::new));
    }
}
