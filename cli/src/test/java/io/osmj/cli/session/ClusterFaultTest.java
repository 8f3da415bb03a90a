package io.osmj.cli.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.AuthInfoBuilder;
import io.fabric8.kubernetes.api.model.Config;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.osmj.cli.CommandLineRun;
import io.osmj.cli.cluster.RealApiServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What is read where a cluster does not do what it is asked: of a user without any right, and of one it does not know. */
@Tag("apiserver")
@ExtendWith(RealApiServer.class)
class ClusterFaultTest {
    private static final String NOBODY = "nobody";

    private final RealApiServer.Running server;
    private final KubernetesClient client;

    @TempDir
    private Path folder = Path.of("");

    private Path kubeconfig = Path.of("");

    ClusterFaultTest(RealApiServer.Running server) {
        this.server = server;
        this.client = server.client();
    }

    @BeforeEach
    void becomeNobody() throws IOException {
        client.resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withName(NOBODY)
                        .withNamespace("default")
                        .endMetadata()
                        .build())
                .create();
        TokenRequest request =
                client.serviceAccounts().inNamespace("default").withName(NOBODY).tokenRequest();
        kubeconfig = kubeconfig(request.getStatus().getToken());
    }

    @AfterEach
    void removeNobody() {
        client.serviceAccounts().inNamespace("default").withName(NOBODY).delete();
    }

    @Test
    void withoutRightsTheServersSentenceIsAll() {
        var user = "User \"system:serviceaccount:default:nobody\" cannot list resource ";

        assertThat(osm("mesh", "list").err().lines())
                .containsExactly("Error: Unable to list meshes within the cluster. deployments.apps is forbidden: "
                        + user + "\"deployments\" in API group \"apps\" at the cluster scope");
        assertThat(osm("namespace", "list").err().lines())
                .containsExactly("Error: namespaces is forbidden: " + user
                        + "\"namespaces\" in API group \"\" at the cluster scope");
        assertThat(osm("namespace", "add", "shop").err().lines())
                .containsExactly(
                        "Error: Cannot obtain information about the mesh [osm]: [deployments.apps is forbidden: " + user
                                + "\"deployments\" in API group \"apps\" at the cluster scope]");
    }

    @Test
    void whomTheServerDoesNotKnowIsToldWhichServer() throws IOException {
        kubeconfig = kubeconfig("nonsense");

        assertThat(osm("mesh", "list").err().lines())
                .containsExactly("Error: Unable to list meshes within the cluster. " + server()
                        + " does not know the user: Unauthorized;" + " look at the credentials in the kubeconfig");
    }

    private String server() {
        var known = Serialization.unmarshal(server.kubeconfig(), Config.class);
        return "%s (context [%s])"
                .formatted(known.getClusters().getFirst().getCluster().getServer(), known.getCurrentContext());
    }

    private Path kubeconfig(String token) throws IOException {
        var known = Serialization.unmarshal(server.kubeconfig(), Config.class);
        known.getUsers()
                .forEach(user ->
                        user.setUser(new AuthInfoBuilder().withToken(token).build()));
        return Files.writeString(folder.resolve("kubeconfig"), Serialization.asYaml(known));
    }

    private CommandLineRun osm(String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--kubeconfig", kubeconfig.toString()));
        return CommandLineRun.of(all.toArray(String[]::new));
    }
}
