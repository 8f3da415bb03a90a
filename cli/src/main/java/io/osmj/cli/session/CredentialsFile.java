package io.osmj.cli.session;

import static java.util.Objects.requireNonNullElse;

import io.fabric8.kubernetes.api.model.ConfigBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The cluster of a {@link Config} as the text of a kubeconfig with one context. Helm is given this instead of the user's
 * file, so that it speaks to the same cluster as the same user whatever chose them.
 */
public final class CredentialsFile {
    private static final String NAME = "osm";

    private CredentialsFile() {}

    /** The text of the kubeconfig. It holds credentials: never print it. */
    public static String of(Config config) {
        var file = new ConfigBuilder()
                .withCurrentContext(NAME)
                .addNewContext()
                .withName(NAME)
                .withNewContext()
                .withCluster(NAME)
                .withUser(NAME)
                .endContext()
                .endContext()
                .addNewCluster()
                .withName(NAME)
                .withNewCluster()
                .withServer(config.getMasterUrl())
                .withInsecureSkipTlsVerify(config.isTrustCerts())
                .withTlsServerName(config.getTlsServerName())
                .withProxyUrl(proxy(config))
                .withCertificateAuthorityData(data(config.getCaCertData(), config.getCaCertFile()))
                .endCluster()
                .endCluster()
                .addNewUser()
                .withName(NAME)
                .withNewUser()
                .withClientCertificateData(data(config.getClientCertData(), config.getClientCertFile()))
                .withClientKeyData(data(config.getClientKeyData(), config.getClientKeyFile()))
                .withToken(token(config))
                .withUsername(config.getUsername())
                .withPassword(config.getPassword())
                .withAs(config.getImpersonateUsername())
                .withAsGroups(requireNonNullElse(config.getImpersonateGroups(), new String[0]))
                .endUser()
                .endUser()
                .build();
        return Serialization.asYaml(file);
    }

    /** None where some hosts are asked without it: which they are has no word in a kubeconfig, and Helm knows it from the environment. */
    private static @Nullable String proxy(Config config) {
        var direct = config.getNoProxy();
        return direct == null || direct.length == 0 ? config.getHttpsProxy() : null;
    }

    private static @Nullable String token(Config config) {
        var given = config.getOauthToken();
        return given != null ? given : config.getAutoOAuthToken();
    }

    private static @Nullable String data(@Nullable String data, @Nullable String file) {
        if (data != null || file == null) {
            return data;
        }
        try {
            return Base64.getEncoder().encodeToString(Files.readAllBytes(Path.of(file)));
        } catch (IOException failure) {
            throw new UncheckedIOException("Error fetching kubeconfig: cannot read " + file, failure);
        }
    }
}
