package io.osmj.cli.install;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.osmj.cli.CommandLineRun;
import io.osmj.cli.cluster.RealApiServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the API server lets the controller's service account do, with the roles of the chart. */
@Tag("apiserver")
@ExtendWith(RealApiServer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ControllerRightsTest {
    private static final String CONTROLLER = "system:serviceaccount:osm-system:osm";

    private final KubernetesClient client;
    private final RealApiServer.Running server;

    @TempDir
    private Path folder = Path.of("");

    private String kubeconfig = "";

    ControllerRightsTest(RealApiServer.Running server) {
        this.server = server;
        this.client = server.client();
    }

    @BeforeAll
    void install() throws IOException {
        var file = folder.resolve("kubeconfig");
        Files.writeString(file, server.kubeconfig());
        kubeconfig = file.toString();
        assertThat(CommandLineRun.of("install", "--no-wait", "--kubeconfig", kubeconfig)
                        .exitCode())
                .isZero();
    }

    @AfterAll
    void uninstall() {
        CommandLineRun.of("uninstall", "mesh", "-f", "-a", "--kubeconfig", kubeconfig);
        server.endNamespace("osm-system");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // what it sees
                "watch, -, namespaces, -, -",
                "list, -, pods, -, -",
                "watch, -, services, -, -",
                "watch, discovery.k8s.io, endpointslices, -, -",
                "watch, config.openservicemesh.io, meshconfigs, -, -",
                "watch, access.smi-spec.io, traffictargets, -, -",
                "watch, specs.smi-spec.io, httproutegroups, -, -",
                "watch, split.smi-spec.io, trafficsplits, -, -",
                "watch, policy.openservicemesh.io, egresses, -, -",
                "watch, policy.openservicemesh.io, retries, -, -",
                "list, policy.openservicemesh.io, telemetries, -, -",
                // what it answers
                "patch, config.openservicemesh.io, meshconfigs/status, osm-system, osm-mesh-config",
                "patch, access.smi-spec.io, traffictargets/status, shop, any",
                "patch, split.smi-spec.io, trafficsplits/status, shop, any",
                "patch, policy.openservicemesh.io, egresses/status, shop, any",
                "patch, policy.openservicemesh.io, retries/status, shop, any",
                "create, events.k8s.io, events, shop, -",
                "create, authentication.k8s.io, tokenreviews, -, -",
                // what is its own
                "create, -, secrets, osm-system, -",
                "watch, -, secrets, osm-system, osm-ca-bundle",
                "update, -, secrets, osm-system, osm-ca-bundle",
                "update, -, secrets, osm-system, osm-nginx-client-cert",
                "delete, -, secrets, osm-system, osm-nginx-client-cert",
                "update, coordination.k8s.io, leases, osm-system, osm-controller-leader",
                "patch, admissionregistration.k8s.io, mutatingwebhookconfigurations, -, osm-webhook-osm",
                "patch, admissionregistration.k8s.io, validatingwebhookconfigurations, -, osm-validator-mesh-osm"
            })
    void may(String verb, @Nullable String group, String resource, @Nullable String namespace, @Nullable String name) {
        assertThat(allowed(verb, group, resource, namespace, name)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "get, -, secrets, shop, any",
                "create, -, secrets, shop, -",
                "get, -, secrets, shop, osm-nginx-client-cert",
                "list, -, secrets, osm-system, -",
                "get, -, secrets, osm-system, another",
                "delete, -, secrets, osm-system, osm-ca-bundle",
                "list, -, configmaps, -, -",
                "create, -, pods, shop, -",
                "update, -, pods, shop, any",
                "create, -, pods/exec, shop, any",
                "create, -, serviceaccounts/token, shop, any",
                "patch, -, namespaces, -, shop",
                "patch, config.openservicemesh.io, meshconfigs, osm-system, osm-mesh-config",
                "update, access.smi-spec.io, traffictargets, shop, any",
                "patch, admissionregistration.k8s.io, mutatingwebhookconfigurations, -, dapr-sidecar-injector",
                "create, admissionregistration.k8s.io, mutatingwebhookconfigurations, -, -",
                "create, rbac.authorization.k8s.io, clusterrolebindings, -, -"
            })
    void mayNot(
            String verb, @Nullable String group, String resource, @Nullable String namespace, @Nullable String name) {
        assertThat(allowed(verb, group, resource, namespace, name)).isFalse();
    }

    private boolean allowed(
            String verb, @Nullable String group, String resource, @Nullable String namespace, @Nullable String name) {
        var slash = resource.indexOf('/');
        var review = new SubjectAccessReviewBuilder()
                .withNewSpec()
                .withUser(CONTROLLER)
                .withGroups("system:serviceaccounts", "system:serviceaccounts:osm-system", "system:authenticated")
                .withNewResourceAttributes()
                .withVerb(verb)
                .withGroup(group)
                .withResource(slash < 0 ? resource : resource.substring(0, slash))
                .withSubresource(slash < 0 ? null : resource.substring(slash + 1))
                .withNamespace(namespace)
                .withName(name)
                .endResourceAttributes()
                .endSpec()
                .build();
        return client.resource(review).create().getStatus().getAllowed();
    }
}
