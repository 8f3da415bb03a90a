package io.osmj.objects.folder;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmj.core.identity.ServiceAccount;
import io.osmj.core.identity.TrustDomain;
import io.osmj.core.problem.ProblemCode;
import io.osmj.core.state.EndpointState;
import io.osmj.core.state.PodState;
import io.osmj.objects.read.Mesh;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FolderTest {
    private static final Mesh MESH = new Mesh("osm", "osm-system", "osm-mesh-config", TrustDomain.CLUSTER_LOCAL);

    private static final String TARGET = """
            apiVersion: access.smi-spec.io/v1alpha3
            kind: TrafficTarget
            metadata: {name: target, namespace: shop}
            spec:
              destination: {kind: ServiceAccount, name: store, namespace: shop}
              sources: [{kind: ServiceAccount, name: buyer, namespace: shop}]
              rules: [{kind: HTTPRouteGroup, name: routes, matches: [all]}]
            ---
            apiVersion: specs.smi-spec.io/v1alpha4
            kind: HTTPRouteGroup
            metadata: {name: routes, namespace: shop}
            spec: {matches: [{name: all}]}
            """;

    private static final String STORE = """
            apiVersion: v1
            kind: Service
            metadata: {name: store, namespace: shop}
            spec: {selector: {app: store}, ports: [{port: 80, targetPort: web}]}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: store, namespace: shop}
            spec:
              replicas: 2
              template:
                metadata: {labels: {app: store}}
                spec:
                  serviceAccountName: store
                  containers: [{name: store, image: store, ports: [{name: web, containerPort: 8080}]}]
            """;

    @Test
    void checksByEveryDefinitionOfTheChart() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("../charts/osm/crds"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(CustomSchemas.DEFINITIONS);
        }
    }

    @Test
    void aHalfWrittenFileLeavesWhatItHeldInForce() {
        Folder good = Folder.UNSEEN.with(Map.of("target.yaml", TARGET));
        Folder half = good.with(Map.of("target.yaml", TARGET.substring(0, 180)));

        assertThat(state(good).state().rules()).hasSize(1);
        assertThat(state(half).state().rules()).isEqualTo(state(good).state().rules());
        assertThat(codes(half)).contains(ProblemCode.M7001);
        assertThat(codes(half.with(Map.of("target.yaml", TARGET)))).doesNotContain(ProblemCode.M7001);
    }

    @Test
    void anEmptiedFileIsNoDeletedFile() {
        Folder good = Folder.UNSEEN.with(Map.of("target.yaml", TARGET));

        assertThat(state(good.with(Map.of("target.yaml", ""))).state().rules()).hasSize(1);
        assertThat(state(good.with(Map.of("target.yaml", "# nothing any more\n")))
                        .state()
                        .rules())
                .isEmpty();
        assertThat(state(good.with(Map.of())).state().rules()).isEmpty();
    }

    @Test
    void anObjectThatDoesNotFitIsNamedByFileLineAndField() {
        String broken = TARGET.replace("matches: [all]}]", "matches: all}]");
        Folder good = Folder.UNSEEN.with(Map.of("target.yaml", TARGET));
        FolderState now = state(good.with(Map.of("target.yaml", broken)));

        assertThat(now.state().rules()).hasSize(1);
        assertThat(now.problems())
                .filteredOn(located -> located.problem().code() == ProblemCode.M7003)
                .singleElement()
                .satisfies(located -> {
                    assertThat(located.file()).isEqualTo("target.yaml");
                    assertThat(located.line()).isEqualTo(7);
                    assertThat(located.problem().field()).isEqualTo("spec.rules[0].matches");
                    assertThat(located.inWords().message()).startsWith("target.yaml:7: ");
                });
    }

    @Test
    void ofCopiesTheLastIsInForceAndTheOthersAreNamed() {
        String admin = TARGET.replace("name: buyer", "name: admin");
        Folder twice = Folder.UNSEEN.with(Map.of("a.yaml", TARGET + "---\n" + TARGET, "b/c.yaml", admin));

        assertThat(callers(twice)).containsExactly("admin");
        assertThat(state(twice).problems())
                .filteredOn(located -> located.problem().code() == ProblemCode.M7007)
                .extracting(located -> located.file() + ":" + located.line() + " "
                        + located.problem().object())
                .containsExactly(
                        "a.yaml:3 TrafficTarget shop/target",
                        "a.yaml:11 HTTPRouteGroup shop/routes",
                        "a.yaml:16 TrafficTarget shop/target",
                        "a.yaml:24 HTTPRouteGroup shop/routes");
        assertThat(state(twice).problems())
                .filteredOn(located -> located.problem().object().kind().equals("TrafficTarget"))
                .filteredOn(located -> located.problem().code() == ProblemCode.M7007)
                .allSatisfy(located -> assertThat(located.problem().message())
                        .isEqualTo("The object stands again at b/c.yaml:1, and that one is in force."));
    }

    @Test
    void whenTheCopyInForceGoesTheOtherOneComesIntoForce() {
        String admin = TARGET.replace("name: buyer", "name: admin");
        Folder twice = Folder.UNSEEN.with(Map.of("a.yaml", TARGET, "b.yaml", admin));
        Folder first = twice.with(Map.of("a.yaml", TARGET));

        assertThat(callers(twice)).containsExactly("admin");
        assertThat(callers(first)).containsExactly("buyer");
        assertThat(codes(first)).doesNotContain(ProblemCode.M7007);
        assertThat(callers(twice.with(Map.of("b.yaml", admin)))).containsExactly("admin");
    }

    private static List<String> callers(Folder folder) {
        return state(folder).state().rules().stream()
                .flatMap(rule -> rule.sources().stream())
                .map(ServiceAccount::name)
                .toList();
    }

    @Test
    void anUnknownFieldOfAPolicyIsAFaultAndNotAWiderPolicy() {
        String slip = TARGET.replace("[{name: all}]", "[{name: all, method: [GET]}]");

        assertThat(codes(Folder.UNSEEN.with(Map.of("target.yaml", slip)))).contains(ProblemCode.M7004);
        assertThat(state(Folder.UNSEEN.with(Map.of("target.yaml", slip)))
                        .state()
                        .rules())
                .allSatisfy(rule -> assertThat(rule.http()).isEmpty());
    }

    /** The group has a slip in line 12; the target names it in line 7. */
    @Test
    void aRouteGroupThatWasRefusedIsNotSaidToBeMissing() {
        String slip = TARGET.replace("[{name: all}]", "[{name: all, method: [GET]}]");

        assertThat(missing(Folder.UNSEEN.with(Map.of("target.yaml", slip))))
                .containsExactly("target.yaml:7: M2005 TrafficTarget shop/target spec.rules[0].name: HTTPRouteGroup"
                        + " shop/routes is there and was refused, see M7004 at target.yaml:12, so the rule allows nothing."
                        + " Mend that first.");
        String other = TARGET.replace("HTTPRouteGroup, name: routes", "HTTPRouteGroup, name: nowhere");
        assertThat(missing(Folder.UNSEEN.with(Map.of("target.yaml", other))))
                .singleElement()
                .asString()
                .contains("HTTPRouteGroup shop/nowhere does not exist");
    }

    /** What a file held stays in force as a whole, so that a group that is new in it waits for a slip beside it. */
    @Test
    void aRouteGroupThatWaitsForItsFileIsNotSaidToBeMissing() {
        String[] parts = TARGET.split("---\n", -1);
        Folder before = Folder.UNSEEN.with(Map.of("a.yaml", parts[0], "b.yaml", "# nothing yet\n"));
        Folder after = before.with(Map.of("a.yaml", parts[0], "b.yaml", parts[1] + "---\nkind: Thing\n"));

        assertThat(missing(before)).singleElement().asString().contains("shop/routes does not exist");
        assertThat(missing(after))
                .singleElement()
                .asString()
                .contains("is there and was refused, see M7002 at b.yaml:6");
    }

    private static List<String> missing(Folder folder) {
        return state(folder).problems().stream()
                .filter(located -> located.problem().code() == ProblemCode.M2005)
                .map(LocatedProblem::toString)
                .toList();
    }

    @Test
    void workloadsBecomePodsWithASidecarAnAddressAndEndpoints() {
        FolderState seen = state(Folder.UNSEEN.with(Map.of("store.yaml", STORE)));

        assertThat(seen.state().pods()).extracting(PodState::name).containsExactly("store-0", "store-1");
        assertThat(seen.state().pods())
                .allMatch(PodState::meshed)
                .allMatch(pod -> pod.address().startsWith("10.244."));
        assertThat(seen.state().services())
                .singleElement()
                .satisfies(service -> assertThat(service.clusterIps())
                        .singleElement()
                        .asString()
                        .startsWith("10.96."));
        assertThat(seen.state().endpoints())
                .hasSize(2)
                .allMatch(endpoint -> endpoint.port() == 8080)
                .extracting(EndpointState::pod)
                .containsExactlyInAnyOrder("store-0", "store-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"targetPort: 0, ", "targetPort: '', ", ""})
    void aTargetPortThatIsNotNamedIsThatOfTheService(String target) {
        String store = STORE.replace("port: 80, targetPort: web", target + "port: 80");

        assertThat(state(Folder.UNSEEN.with(Map.of("store.yaml", store)))
                        .state()
                        .endpoints())
                .hasSize(2)
                .allMatch(endpoint -> endpoint.port() == 80);
    }

    @Test
    void aPodThatNamesNoAccountRunsAsTheDefaultOne() {
        String pod = """
                apiVersion: v1
                kind: Pod
                metadata: {name: NAME, namespace: shop}
                spec: {ACCOUNT containers: [{name: a, image: a}]}
                ---
                """;
        String pods = pod.replace("NAME", "none").replace("ACCOUNT", "")
                + pod.replace("NAME", "old").replace("ACCOUNT", "serviceAccount: teller,")
                + pod.replace("NAME", "new").replace("ACCOUNT", "serviceAccountName: buyer, serviceAccount: teller,");

        assertThat(state(Folder.UNSEEN.with(Map.of("pods.yaml", pods))).state().pods())
                .extracting(seen -> seen.name() + " " + seen.account().name())
                .containsExactlyInAnyOrder("none default", "old teller", "new buyer");
    }

    @Test
    void aFileThatCannotBeReadHoldsWhatItHeldAndTheOthersAreRead() {
        Folder good = Folder.UNSEEN.with(Map.of("a.yaml", TARGET));
        Folder half = good.with(new FolderFiles.Contents(Map.of("store.yaml", STORE), Map.of("a.yaml", "it burnt")));

        assertThat(callers(half)).containsExactly("buyer");
        assertThat(state(half).state().pods()).hasSize(2);
        assertThat(half.problems())
                .filteredOn(located -> located.problem().code() == ProblemCode.M7001)
                .singleElement()
                .satisfies(located -> assertThat(located.inWords().message())
                        .startsWith("a.yaml:1: ")
                        .contains("it burnt"));
        assertThat(half.with(Map.of("a.yaml", TARGET)).problems()).isEqualTo(good.problems());
    }

    @Test
    void anAddressStaysWhenOthersComeAndGo() {
        String more = STORE.replace("name: store", "name: more").replace("app: store", "app: more");
        FolderState alone = state(Folder.UNSEEN.with(Map.of("store.yaml", STORE)));
        FolderState together = state(Folder.UNSEEN.with(Map.of("store.yaml", STORE, "more.yaml", more)));

        assertThat(together.state().pods()).containsAll(alone.state().pods());
        assertThat(together.state().services()).containsAll(alone.state().services());
    }

    @Test
    void addressesMayBeGiven() {
        String given = STORE.replace(
                "metadata: {labels: {app: store}}",
                "metadata: {labels: {app: store}, annotations: {openservicemesh.io/address: '10.1.1.1, 10.1.1.2'}}");

        assertThat(state(Folder.UNSEEN.with(Map.of("store.yaml", given)))
                        .state()
                        .pods())
                .extracting(PodState::address)
                .containsExactly("10.1.1.1", "10.1.1.2");
    }

    @Test
    void namespacesBelongUnlessTheFolderSaysOtherwise() {
        String other = """
                apiVersion: v1
                kind: Namespace
                metadata: {name: other, labels: {openservicemesh.io/monitored-by: osm}}
                """;
        String shop = "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n";

        assertThat(pods(Map.of("store.yaml", STORE))).hasSize(2);
        assertThat(pods(Map.of("store.yaml", STORE, "shop.yaml", shop))).hasSize(2);
        assertThat(pods(Map.of("store.yaml", STORE, "shop.yaml", shop, "other.yaml", other)))
                .isEmpty();
    }

    @Test
    void yamlIsReadAsKubectlReadsIt() {
        String text = """
                a: &a {on: yes, port: 0x1F90, time: 22:22, date: 2026-01-01, none: ~, big: 1_000}
                b: {<<: *a, port: 80}
                kind: Thing
                """;
        SourceObject object = YamlObjects.parse("a.yaml", text).objects().getFirst();

        assertThat(object.tree().path("a").toString())
                .isEqualTo("{\"on\":true,\"port\":8080,\"time\":\"22:22\",\"date\":\"2026-01-01\",\"big\":1000}");
        assertThat(object.tree().path("b").path("port").asInt()).isEqualTo(80);
        assertThat(object.tree().path("b").path("on").asBoolean()).isTrue();
        assertThat(object.place().lineOf("b.port")).isEqualTo(2);
    }

    @Test
    void whatCannotBeReadEndsInAProblemAndNotInAFailure() {
        List<String> texts = List.of(
                "\t",
                "a: b: c",
                "- 1",
                "&a [*a]",
                "kind: x\nkind: y",
                "{\"kind\": ",
                "kind: 1\napiVersion: [",
                "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: *nobody",
                "kind: TrafficTarget\napiVersion: access.smi-spec.io/v1alpha3\nmetadata: []",
                "\u0000");

        assertThat(texts)
                .allSatisfy(text -> assertThat(state(Folder.UNSEEN.with(Map.of("x.yaml", text)))
                                .problems())
                        .as(text)
                        .anyMatch(located -> located.file().equals("x.yaml")));
    }

    private static List<PodState> pods(Map<String, String> texts) {
        return state(Folder.UNSEEN.with(texts)).state().pods();
    }

    private static FolderState state(Folder folder) {
        return FolderState.of(folder, MESH);
    }

    private static List<ProblemCode> codes(Folder folder) {
        return state(folder).problems().stream()
                .map(located -> located.problem().code())
                .toList();
    }
}
