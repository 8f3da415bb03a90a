package io.osmj.cli.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.internal.KubeConfigUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KubeconfigTest {
    private static final String TEXT = """
            apiVersion: v1
            kind: Config
            current-context: one
            contexts:
            - {name: one, context: {cluster: one, user: certificate, namespace: shop}}
            - {name: two, context: {cluster: two, user: token}}
            - {name: three, context: {cluster: two, user: password}}
            clusters:
            - {name: one, cluster: {server: "https://one:6443/", certificate-authority-data: YQ==}}
            - name: two
              cluster:
                server: https://two:6443/
                insecure-skip-tls-verify: true
                tls-server-name: name
                proxy-url: http://proxy:1
                certificate-authority: ca.crt
            users:
            - {name: certificate, user: {client-certificate-data: YQ==, client-key-data: YQ==}}
            - {name: token, user: {token: word, client-certificate: /keys/client.crt, client-key: keys/client.key}}
            - {name: password, user: {username: somebody, password: "0123"}}
            """;

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(strings = {"one", "two", "three"})
    void saysTheSameAsTheLibrary(String context) throws IOException {
        var file = Files.writeString(folder.resolve("kubeconfig"), TEXT).toFile();

        var read = Config.empty();
        KubeConfigUtils.merge(read, context, Kubeconfig.read(file));

        assertThat(read)
                .usingRecursiveComparison()
                .ignoringFieldsMatchingRegexes(".*additionalProperties", "contexts.*", "currentContext.*")
                .isEqualTo(Config.fromKubeconfig(context, file));
    }

    @Test
    void knowsTheCurrentContext() throws IOException {
        var file = Files.writeString(folder.resolve("kubeconfig"), TEXT).toFile();

        var read = Config.empty();
        KubeConfigUtils.merge(read, null, Kubeconfig.read(file));

        assertThat(read.getMasterUrl()).isEqualTo("https://one:6443/");
        assertThat(read.getNamespace()).isEqualTo("shop");
    }

    @Test
    void leavesProgramsThatMakeCredentialsToTheLibrary() throws IOException {
        var text =
                TEXT.replace("{token: word,", "{exec: {apiVersion: client.authentication.k8s.io/v1, command: login},");
        var file = Files.writeString(folder.resolve("kubeconfig"), text).toFile();

        assertThat(Kubeconfig.read(file).getUsers())
                .filteredOn(user -> user.getUser().getExec() != null)
                .hasSize(1);
    }
}
