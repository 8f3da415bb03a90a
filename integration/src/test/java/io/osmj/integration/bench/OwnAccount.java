package io.osmj.integration.bench;

import io.fabric8.kubernetes.api.model.AuthInfoBuilder;
import io.fabric8.kubernetes.api.model.Config;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;

/**
 * The account of the control plane that is measured. It shows a token, as in a pod: with a certificate, which no pod has, the
 * client reads its whole configuration anew for each request, and that would be a good part of what an idle control plane takes.
 */
final class OwnAccount {
    private static final String NAME = "osm-controller";
    private static final long SECONDS = 7_200;

    private OwnAccount() {}

    /** Makes the account, which may do everything, and gives the kubeconfig with its token in place of the user's certificate. */
    static String kubeconfig(KubernetesClient client, String ofUser) {
        client.resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withName(NAME)
                        .withNamespace(Estate.MESH_NAMESPACE)
                        .endMetadata()
                        .build())
                .create();
        client.resource(new ClusterRoleBindingBuilder()
                        .withNewMetadata()
                        .withName(NAME)
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", "cluster-admin")
                        .addNewSubject("", "ServiceAccount", NAME, Estate.MESH_NAMESPACE)
                        .build())
                .create();
        Config config = Serialization.unmarshal(ofUser, Config.class);
        config.getUsers()
                .forEach(user -> user.setUser(
                        new AuthInfoBuilder().withToken(token(client)).build()));
        return Serialization.asYaml(config);
    }

    private static String token(KubernetesClient client) {
        return client.serviceAccounts()
                .inNamespace(Estate.MESH_NAMESPACE)
                .withName(NAME)
                .tokenRequest(new TokenRequestBuilder()
                        .withNewSpec()
                        .withExpirationSeconds(SECONDS)
                        .endSpec()
                        .build())
                .getStatus()
                .getToken();
    }
}
