package io.osmj.injector;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.zjsonpatch.JsonPatch;
import io.osmj.core.names.Annotations;
import io.osmj.core.names.Labels;
import io.osmj.core.problem.Problem;
import io.osmj.core.problem.ProblemCode;
import io.osmj.injector.InjectionResult.Patched;
import io.osmj.injector.InjectionResult.Refused;
import io.osmj.injector.golden.GoldenCase;
import io.osmj.injector.request.InjectionRequest;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class InjectorTest {
    private static final GoldenCase PROBES = goldenCase("probes-of-all-kinds");
    private static final GoldenCase DAPR = goldenCase("dapr-before-us");

    private static final String OTHER_UUID = "7e5ea1c7-0000-4000-8000-000000000002";

    private static GoldenCase goldenCase(String name) {
        return new GoldenCase(Path.of("src/test/resources/golden", name));
    }

    private static Patched inject(ObjectNode pod, InjectionRequest request) {
        return (Patched) new Injector().inject(pod, request);
    }

    @Test
    void whoeverComesFirstThePodIsTheSame() {
        ObjectNode before = ((Patched) DAPR.result()).pod();
        ObjectNode after = ((Patched) goldenCase("dapr-after-us").result()).pod();
        assertThat(after).isEqualTo(before);
    }

    @Test
    void whatTheApiServerFillsInStays() {
        ObjectNode pod = inject(DAPR.pod(), DAPR.request()).pod();
        for (String list : new String[] {"initContainers", "containers"}) {
            pod.path("spec")
                    .path(list)
                    .forEach(container -> ((ObjectNode) container)
                            .put("terminationMessagePath", "/dev/termination-log")
                            .withArrayProperty("volumeMounts")
                            .addObject()
                            .put("name", "kube-api-access-x")
                            .put("mountPath", "/var/run/secrets/kubernetes.io/serviceaccount"));
        }
        assertThat(inject(pod, DAPR.request()).patch()).isEmpty();
    }

    @Test
    void aCopyForDebuggingIsInjectedAnew() {
        ObjectNode copy = inject(PROBES.pod(), PROBES.request()).pod().deepCopy();
        ((ObjectNode) copy.path("metadata")).put("name", "probes-debug").remove("labels");
        copy.withObjectProperty("spec")
                .withArrayProperty("containers")
                .addObject()
                .put("name", "debugger")
                .put("image", "example.org/tools:1");
        InjectionRequest other = withUuid(PROBES.request(), OTHER_UUID);
        Patched result = inject(copy, other);
        assertThat(uuid(result.pod())).startsWith("7e5ea1c7-0000-4000-");
        assertThat(result.pod().toString()).doesNotContain("6e5ea1c7");
        assertThat(result.pod().path("spec").path("containers")).hasSize(4);
        assertThat(JsonPatch.apply(result.patch(), copy)).isEqualTo(result.pod());
        assertThat(inject(result.pod(), other).patch()).isEmpty();
    }

    /** As of {@code kubectl get -o yaml} with another name: it brings the label, too. */
    @Test
    void aCopyWithTheLabelsOfAnotherPodGetsAProxyOfItsOwn() {
        ObjectNode pod = inject(DAPR.pod(), DAPR.request()).pod();
        ObjectNode copy = pod.deepCopy();
        ((ObjectNode) copy.path("metadata")).put("name", "nodeapp-copy");

        Patched copied = inject(copy, withUuid(DAPR.request(), OTHER_UUID));

        assertThat(uuid(copied.pod())).startsWith("7e5ea1c7-0000-4000-").isNotEqualTo(uuid(pod));
        assertThat(copied.pod().toString()).doesNotContain(uuid(pod));
        assertThat(inject(copied.pod(), DAPR.request()).patch()).isEmpty();
        assertThat(inject(pod, withUuid(DAPR.request(), OTHER_UUID)).patch()).isEmpty();
    }

    /** As where somebody has taken a pod for the template of a Deployment: all its pods would have one name. */
    @Test
    void aLabelThatIsNoProxysIsReplaced() {
        ObjectNode pod = DAPR.pod();
        pod.withObjectProperty("metadata").withObjectProperty("labels").put(Labels.PROXY_UUID, "9a5c");

        assertThat(uuid(inject(pod, DAPR.request()).pod())).startsWith("6e5ea1c7-0000-4000-");
    }

    private static String uuid(ObjectNode pod) {
        return pod.path("metadata").path("labels").path(Labels.PROXY_UUID).asText();
    }

    @Test
    void aCopyWithoutAnnotationsLosesItsProbesAndIsToldSo() {
        ObjectNode copy = inject(PROBES.pod(), PROBES.request()).pod().deepCopy();
        ((ObjectNode) copy.path("metadata")).remove("annotations");
        Patched result = inject(copy, PROBES.request());
        assertThat(result.pod().toString()).doesNotContain("osm-liveness-probe");
        assertThat(result.warnings())
                .extracting(Problem::field)
                .contains("spec.containers[0].livenessProbe", "spec.containers[1].livenessProbe");
    }

    @Test
    void aProbeThatAnotherWebhookHasSetSinceIsTheNewerWord() {
        ObjectNode pod = inject(PROBES.pod(), PROBES.request()).pod().deepCopy();
        ObjectNode web = (ObjectNode) pod.path("spec").path("containers").get(0);
        web.withObjectProperty("livenessProbe")
                .withObjectProperty("httpGet")
                .put("path", "/newer")
                .put("port", 8081);
        ObjectNode result = inject(pod, PROBES.request()).pod();
        assertThat(result.path("metadata")
                        .path("annotations")
                        .path(Annotations.ORIGINAL_PROBES)
                        .asText())
                .contains("/newer")
                .doesNotContain("deep=1");
    }

    @Test
    void aBootstrapThatNoProgramCouldBeGivenIsRefused() {
        ObjectNode pod = PROBES.pod();
        ObjectNode get = (ObjectNode)
                pod.path("spec").path("containers").get(0).path("livenessProbe").path("httpGet");
        get.put("path", "/" + "x".repeat(130_000));
        assertThat(new Injector().inject(pod, PROBES.request()))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.problems())
                                .extracting(Problem::code)
                                .containsOnly(ProblemCode.M3008));
    }

    private static InjectionRequest withUuid(InjectionRequest request, String uuid) {
        return new InjectionRequest(request.namespace(), request.settings(), request.mesh(), uuid);
    }
}
