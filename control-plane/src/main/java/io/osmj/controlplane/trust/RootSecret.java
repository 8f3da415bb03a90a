package io.osmj.controlplane.trust;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.osmj.certificates.PrivateKeyPem;
import io.osmj.certificates.builtin.RootCertificate;
import io.osmj.certificates.builtin.UnusableRootException;
import io.osmj.core.problem.ObjectRef;
import io.osmj.core.problem.Problem;
import io.osmj.core.problem.ProblemCode;
import java.net.HttpURLConnection;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The Secret the root is kept in, with OSM's keys, so that a mesh that moves here keeps its root. */
final class RootSecret {
    static final String CERTIFICATE = "ca.crt";
    static final String KEY = "private.key";

    private static final Map<String, String> LABELS = Map.of("app.kubernetes.io/name", "openservicemesh.io");
    private static final int ATTEMPTS = 5;

    private final KubernetesClient client;
    private final String namespace;
    private final String name;
    private final InstantSource clock;

    RootSecret(KubernetesClient client, TrustOptions options, InstantSource clock) {
        this.client = client;
        this.namespace = options.namespace();
        this.name = options.secretName();
        this.clock = clock;
    }

    /**
     * The root of the mesh. If there is none, one is made; of replicas that start together the first to write it wins, and
     * the others take over what it wrote.
     */
    RootCertificate adoptOrCreate(SecureRandom random) throws TrustException {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            Secret present = resource().get();
            if (present != null) {
                return read(present);
            }
            RootCertificate made = RootCertificate.create(clock.instant(), random);
            if (create(made)) {
                return made;
            }
        }
        throw new TrustException(
                problem(
                        ProblemCode.M6001,
                        "",
                        "The Secret comes and goes: it could be neither read nor created in " + ATTEMPTS + " attempts.",
                        "Find out what deletes it."),
                null);
    }

    /** Reads the root from the Secret, and makes nothing if it cannot. */
    RootCertificate read(Secret secret) throws TrustException {
        String certificates = text(secret, CERTIFICATE);
        PrivateKeyPem key = new PrivateKeyPem(text(secret, KEY));
        try {
            return RootCertificate.read(certificates, key, clock.instant());
        } catch (UnusableRootException e) {
            throw unusable("data", e.getMessage(), e);
        }
    }

    Resource<Secret> resource() {
        return client.secrets().inNamespace(namespace).withName(name);
    }

    Problem problem(ProblemCode code, String field, String message, String remedy) {
        return new Problem(code, new ObjectRef("Secret", namespace, name), field, message, remedy);
    }

    private boolean create(RootCertificate root) {
        try {
            client.resource(secret(root)).create();
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
                return false;
            }
            throw e;
        }
    }

    private Secret secret(RootCertificate root) {
        return new SecretBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .withLabels(LABELS)
                .endMetadata()
                .withType("Opaque")
                .addToData(CERTIFICATE, encoded(root.certificatePem()))
                .addToData(KEY, encoded(root.keyPem().text()))
                .build();
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    private String text(Secret secret, String entry) throws TrustException {
        Map<String, String> data = secret.getData();
        String encoded = data == null ? null : data.get(entry);
        if (encoded == null || encoded.isEmpty()) {
            throw unusable("data[" + entry + "]", "The entry is missing or empty.", null);
        }
        try {
            return new String(Base64.getDecoder().decode(encoded), UTF_8);
        } catch (IllegalArgumentException _) {
            // The cause would quote the entry, which may be the key.
            throw unusable("data[" + entry + "]", "The entry is not base64.", null);
        }
    }

    private TrustException unusable(String field, @Nullable String message, @Nullable Throwable cause) {
        return new TrustException(
                problem(
                        ProblemCode.M6001,
                        field,
                        String.valueOf(message),
                        "Restore the Secret from a backup; delete it only if every pod of the mesh may be restarted."),
                cause);
    }
}
