package io.osmj.cli.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.AuthInfoBuilder;
import io.fabric8.kubernetes.api.model.Cluster;
import io.fabric8.kubernetes.api.model.ClusterBuilder;
import io.fabric8.kubernetes.api.model.Config;
import io.fabric8.kubernetes.api.model.ConfigBuilder;
import io.fabric8.kubernetes.api.model.NamedAuthInfo;
import io.fabric8.kubernetes.api.model.NamedCluster;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.api.model.NamedContextBuilder;
import io.fabric8.kubernetes.client.internal.KubeConfigUtils;
import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Reads a kubeconfig into the library's model of one, as far as the library heeds it. The library itself looks at every kind of object it knows before it
 * reads the first file, which takes as long as a whole command.
 */
final class Kubeconfig {
    /** What these fields of a user mean is long and the library's to know: programs and providers that make credentials. */
    private static final Set<String> MADE = Set.of("exec", "auth-provider");

    private final File file;

    private Kubeconfig(File file) {
        this.file = file;
    }

    /** The kubeconfig in a file; what it says of other files is made absolute. */
    static Config read(File file) throws IOException {
        return new Kubeconfig(file).read(new YAMLMapper().readTree(file));
    }

    private Config read(JsonNode tree) {
        boolean made = StreamSupport.stream(tree.path("users").spliterator(), false)
                .anyMatch(user -> MADE.stream().anyMatch(user.path("user")::has));
        if (made) {
            return KubeConfigUtils.parseConfig(file);
        }
        return new ConfigBuilder()
                .withCurrentContext(text(tree, "current-context"))
                .withContexts(all(tree, "contexts", Kubeconfig::context))
                .withClusters(all(
                        tree,
                        "clusters",
                        entry -> new NamedCluster(cluster(entry.path("cluster")), text(entry, "name"))))
                .withUsers(
                        all(tree, "users", entry -> new NamedAuthInfo(text(entry, "name"), user(entry.path("user")))))
                .build();
    }

    private static NamedContext context(JsonNode entry) {
        var context = entry.path("context");
        return new NamedContextBuilder()
                .withName(text(entry, "name"))
                .withNewContext()
                .withCluster(text(context, "cluster"))
                .withUser(text(context, "user"))
                .withNamespace(text(context, "namespace"))
                .endContext()
                .build();
    }

    private Cluster cluster(JsonNode cluster) {
        return new ClusterBuilder()
                .withServer(text(cluster, "server"))
                .withInsecureSkipTlsVerify(
                        cluster.path("insecure-skip-tls-verify").asBoolean())
                .withTlsServerName(text(cluster, "tls-server-name"))
                .withCertificateAuthority(path(cluster, "certificate-authority"))
                .withCertificateAuthorityData(text(cluster, "certificate-authority-data"))
                .withProxyUrl(text(cluster, "proxy-url"))
                .build();
    }

    private AuthInfo user(JsonNode user) {
        var groups = StreamSupport.stream(user.path("as-groups").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
        return new AuthInfoBuilder()
                .withClientCertificate(path(user, "client-certificate"))
                .withClientCertificateData(text(user, "client-certificate-data"))
                .withClientKey(path(user, "client-key"))
                .withClientKeyData(text(user, "client-key-data"))
                .withToken(text(user, "token"))
                .withTokenFile(path(user, "tokenFile"))
                .withAs(text(user, "as"))
                .withAsGroups(groups)
                .withUsername(text(user, "username"))
                .withPassword(text(user, "password"))
                .build();
    }

    private static <T> List<T> all(JsonNode node, String field, Function<JsonNode, T> read) {
        return StreamSupport.stream(node.path(field).spliterator(), false)
                .map(read)
                .toList();
    }

    private static @Nullable String text(JsonNode node, String field) {
        var value = node.path(field);
        return value.isValueNode() && !value.isNull() ? value.asText() : null;
    }

    private @Nullable String path(JsonNode node, String field) {
        var text = text(node, field);
        return text == null || text.isEmpty()
                ? null
                : file.getAbsoluteFile().toPath().resolveSibling(text).toString();
    }
}
