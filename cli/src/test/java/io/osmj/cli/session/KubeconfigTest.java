package io.osmj.cli.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

    /** The library knows these words of a kubeconfig and does not act on them. */
    @Test
    void asksWithTheTokenInAFileAndInAnothersName() throws IOException {
        var text = TEXT.replace("{token: word,", "{tokenFile: token, as: somebody, as-groups: [few, many],");
        Files.writeString(folder.resolve("token"), "word of the file\n");

        var read = completed(text);

        assertThat(read.getOauthToken()).isEqualTo("word of the file");
        assertThat(read.getImpersonateUsername()).isEqualTo("somebody");
        assertThat(read.getImpersonateGroups()).containsExactly("few", "many");
        assertThat(CredentialsFile.of(read)).contains("as: \"somebody\"", "as-groups:", "token: \"word of the file\"");
    }

    @Test
    void namesTheFileOfATokenThatIsNotThere() throws IOException {
        var text = TEXT.replace("{token: word,", "{tokenFile: nowhere,");
        var file = Files.writeString(folder.resolve("kubeconfig"), text).toFile();
        var kubeconfig = Kubeconfig.read(file);
        var ofAnother = Config.empty();
        KubeConfigUtils.merge(ofAnother, "one", kubeconfig);
        Overlooked.complete(ofAnother, kubeconfig);

        var read = Config.empty();
        KubeConfigUtils.merge(read, "two", kubeconfig);
        assertThatThrownBy(() -> Overlooked.complete(read, kubeconfig))
                .hasMessage("the token of the user cannot be read from " + folder.resolve("nowhere"));
    }

    /** Helm is to reach the cluster in the same way. */
    @Test
    void goesByTheProxyOfTheClusterAndTellsHelm() throws IOException {
        var read = completed(TEXT);

        assertThat(read.getHttpsProxy()).isEqualTo("http://proxy:1");
        assertThat(CredentialsFile.of(read)).contains("tls-server-name: \"name\"", "proxy-url: \"http://proxy:1\"");
    }

    /** What the second context says, but for a client certificate, whose files are not there. */
    private Config completed(String text) throws IOException {
        var file = Files.writeString(folder.resolve("kubeconfig"), text).toFile();
        Files.writeString(folder.resolve("ca.crt"), "a");
        var read = Config.empty();
        var kubeconfig = Kubeconfig.read(file);
        KubeConfigUtils.merge(read, "two", kubeconfig);
        Overlooked.complete(read, kubeconfig);
        read.setClientCertFile(null);
        read.setClientKeyFile(null);
        return read;
    }
}
