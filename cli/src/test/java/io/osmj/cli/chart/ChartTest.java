package io.osmj.cli.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.marcnuri.helm.Helm;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.osmj.objects.read.UnheededKind;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ChartTest {
    private static final Rendered DEFAULTS = Rendered.with();

    @Test
    void isWithoutFaultForHelm() {
        assertThat(new Helm(Rendered.CHART).lint().strict().call().isFailed()).isFalse();
    }

    @Test
    void installsOneControlPlane() {
        assertThat(DEFAULTS.names())
                .containsExactly(
                        "ClusterRole osm",
                        "ClusterRoleBinding osm",
                        "Deployment osm-controller",
                        "Lease osm-controller-leader",
                        "MeshConfig osm-mesh-config",
                        "MutatingWebhookConfiguration osm-webhook-osm",
                        "Role osm",
                        "RoleBinding osm",
                        "Service osm-controller",
                        "Service osm-injector",
                        "Service osm-validator",
                        "ServiceAccount osm",
                        "ValidatingWebhookConfiguration osm-validator-mesh-osm");
    }

    @Test
    void theControllerRunsWithAsLittleAsItCan() {
        var controller = controller(DEFAULTS);
        var pod = DEFAULTS.only(Deployment.class, "osm-controller")
                .getSpec()
                .getTemplate()
                .getSpec();

        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod.getSecurityContext().getRunAsUser()).isEqualTo(1000);
        assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        assertThat(controller.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
        assertThat(controller.getSecurityContext().getAllowPrivilegeEscalation())
                .isFalse();
        assertThat(controller.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(pod.getVolumes())
                .singleElement()
                .satisfies(volume -> assertThat(volume.getEmptyDir()).isNotNull());
    }

    @Test
    void theControllerIsToldItsMeshAndTheSidecarsImage() {
        var rendered = Rendered.with(
                "osm.meshName=north",
                "osm.image.registry=registry.example/mesh",
                "osm.image.tag=v7",
                "osm.trustDomain=shop");
        var controller = controller(rendered);

        assertThat(controller.getImage()).isEqualTo("registry.example/mesh/osm-controller:v7");
        assertThat(controller.getArgs())
                .contains(
                        "--mesh-name=north",
                        "--osm-namespace=osm-system",
                        "--osm-config-name=osm-mesh-config",
                        "--trust-domain=shop",
                        "--webhook-config-name=osm-webhook-north",
                        "--validator-webhook-config=osm-validator-mesh-north");
        var environment = controller.getEnv().stream()
                .filter(variable -> variable.getValue() != null)
                .collect(Collectors.toMap(EnvVar::getName, EnvVar::getValue));
        assertThat(environment)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "OSM_DEFAULT_ENVOY_IMAGE", "registry.example/mesh/osm-sidecar:v7",
                        "OSM_DEFAULT_INIT_CONTAINER_IMAGE", "registry.example/mesh/osm-sidecar:v7",
                        "OSM_IMAGE_PULL_POLICY", "IfNotPresent"));
    }

    @Test
    void anImageMayBePinnedByDigest() {
        var digest = "sha256:" + "0123456789abcdef".repeat(4);

        var controller = controller(Rendered.with("osm.image.digest.osmController=" + digest));

        assertThat(controller.getImage()).isEqualTo("osm-java/osm-controller@" + digest);
    }

    @ParameterizedTest
    @CsvSource({"osm-controller,ads,15128", "osm-injector,injector,9090", "osm-validator,validator,9093"})
    void everyServiceLeadsToAPortOfTheController(String name, String portName, int number) {
        var port = DEFAULTS.only(Service.class, name).getSpec().getPorts().getFirst();

        assertThat(port.getPort()).isEqualTo(number);
        assertThat(port.getTargetPort().getStrVal()).isEqualTo(portName);
        assertThat(controller(DEFAULTS).getPorts()).anySatisfy(containerPort -> {
            assertThat(containerPort.getName()).isEqualTo(portName);
            assertThat(containerPort.getContainerPort()).isEqualTo(number);
        });
    }

    @Test
    void onlyNamespacesOfTheMeshCanBeBlockedByAFailingWebhook() {
        var injector = DEFAULTS.only(MutatingWebhookConfiguration.class, "osm-webhook-osm")
                .getWebhooks();
        var validator = DEFAULTS.only(ValidatingWebhookConfiguration.class, "osm-validator-mesh-osm")
                .getWebhooks();

        assertThat(injector).singleElement().satisfies(webhook -> {
            assertThat(webhook.getFailurePolicy()).isEqualTo("Fail");
            assertThat(webhook.getReinvocationPolicy()).isEqualTo("IfNeeded");
            assertThat(webhook.getSideEffects()).isEqualTo("None");
            assertThat(webhook.getTimeoutSeconds()).isBetween(10, 20);
            assertMeshOnly(webhook.getNamespaceSelector());
        });
        assertThat(validator)
                .filteredOn(webhook -> webhook.getFailurePolicy().equals("Fail"))
                .singleElement()
                .satisfies(webhook -> assertMeshOnly(webhook.getNamespaceSelector()));
    }

    private static void assertMeshOnly(LabelSelector selector) {
        assertThat(selector.getMatchLabels()).containsEntry("openservicemesh.io/monitored-by", "osm");
        assertThat(selector.getMatchExpressions())
                .extracting(rule -> rule.getKey() + " " + rule.getOperator() + " " + rule.getValues())
                .containsExactlyInAnyOrder(
                        "openservicemesh.io/ignore DoesNotExist []",
                        "kubernetes.io/metadata.name NotIn [osm-system]",
                        "control-plane DoesNotExist []");
    }

    /** Else neither the first installation nor an upgrade that is to mend the controller could write MeshConfig. */
    @Test
    void meshConfigCanBeWrittenWithoutAController() {
        var validator = DEFAULTS.only(ValidatingWebhookConfiguration.class, "osm-validator-mesh-osm");

        assertThat(validator.getWebhooks())
                .filteredOn(webhook -> webhook.getRules().stream()
                        .anyMatch(rule -> rule.getResources().contains("meshconfigs")))
                .singleElement()
                .satisfies(webhook -> assertThat(webhook.getFailurePolicy()).isEqualTo("Ignore"));
    }

    @ParameterizedTest
    @EnumSource
    void whoeverAppliesWhatNothingComesOfIsTold(UnheededKind kind) {
        var validator = DEFAULTS.only(ValidatingWebhookConfiguration.class, "osm-validator-mesh-osm");

        assertThat(validator.getWebhooks())
                .flatExtracting(webhook -> webhook.getRules())
                .filteredOn(rule -> rule.getApiGroups().contains(kind.group()))
                .filteredOn(rule -> rule.getApiVersions().contains(kind.version()))
                .filteredOn(rule -> rule.getResources().contains(kind.plural()))
                .isNotEmpty()
                .allSatisfy(rule -> assertThat(rule.getOperations()).contains("CREATE", "UPDATE"));
    }

    @Test
    void secretsAreReachedInTheNamespaceOfTheControlPlaneOnly() {
        var everywhere = DEFAULTS.only(ClusterRole.class, "osm").getRules();
        var here = DEFAULTS.only(Role.class, "osm").getRules();

        assertThat(everywhere).noneMatch(rule -> rule.getResources().contains("secrets"));
        assertThat(here)
                .filteredOn(rule -> rule.getResources().contains("secrets")
                        && rule.getVerbs().contains("get"))
                .extracting(PolicyRule::getResourceNames)
                .containsExactly(List.of("osm-ca-bundle"), List.of("osm-nginx-client-cert"));
    }

    @Test
    void whatIsOthersIsOnlyRead() {
        var writing = DEFAULTS.only(ClusterRole.class, "osm").getRules().stream()
                .filter(rule -> !List.of("get", "list", "watch").containsAll(rule.getVerbs()))
                .filter(rule -> rule.getResourceNames().isEmpty())
                .flatMap(rule -> rule.getResources().stream());

        assertThat(writing)
                .allMatch(resource ->
                        resource.endsWith("/status") || resource.equals("events") || resource.equals("tokenreviews"));
    }

    @Test
    void meshConfigCarriesTheValues() {
        var traffic = Rendered.with(
                        "osm.enableEgress=false",
                        "osm.enablePermissiveTrafficPolicy=false",
                        "osm.outboundPortExclusionList={50005,6379}",
                        "osm.outboundIPRangeExclusionList={10.0.0.1/32}")
                .meshConfig();

        assertThat((Boolean) traffic.get("spec", "traffic", "enableEgress")).isFalse();
        assertThat((Boolean) traffic.get("spec", "traffic", "enablePermissiveTrafficPolicyMode"))
                .isFalse();
        assertThat(traffic.<Object>get("spec", "traffic", "outboundPortExclusionList"))
                .isEqualTo(List.of(50005, 6379));
        assertThat(traffic.<Object>get("spec", "traffic", "outboundIPRangeExclusionList"))
                .isEqualTo(List.of("10.0.0.1/32"));
    }

    @Test
    void scalesAndSurvivesDrainsWhenAsked() {
        var rendered = Rendered.with(
                "osm.osmController.autoScale.enable=true",
                "osm.osmController.autoScale.maxReplicas=7",
                "osm.osmController.enablePodDisruptionBudget=true");

        var scaler = rendered.only(HorizontalPodAutoscaler.class, "osm-controller");
        assertThat(scaler.getApiVersion()).isEqualTo("autoscaling/v2");
        assertThat(scaler.getSpec().getMaxReplicas()).isEqualTo(7);
        assertThat(rendered.only(PodDisruptionBudget.class, "osm-controller").getApiVersion())
                .isEqualTo("policy/v1");
        assertThat(rendered.only(Deployment.class, "osm-controller").getSpec().getReplicas())
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "osm.deployPrometheus=true,deployPrometheus",
        "osm.envoyLogLevel=loud,envoyLogLevel",
        "osm.image.pullPolicy=Sometimes,pullPolicy",
        "osm.injector.webhookTimeoutSeconds=60,webhookTimeoutSeconds",
        "osm.outboundPortExclusionList={70000},outboundPortExclusionList",
        "osm.networkInterfaceExclusionList={a/b},networkInterfaceExclusionList",
        "osm.trustDomain=a b,trustDomain"
    })
    void refusesAValueItDoesNotKnow(String value, String named) {
        assertThatThrownBy(() -> Rendered.with(value)).hasMessageContaining(named);
    }

    private static Container controller(Rendered rendered) {
        return rendered.only(Deployment.class, "osm-controller")
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst();
    }
}
