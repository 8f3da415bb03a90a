package io.osmj.integration.controlplane;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.osmj.certificates.KeyPairs;
import io.osmj.certificates.Pem;
import io.osmj.certificates.PrivateKeyPem;
import io.osmj.integration.apiserver.ApiServer;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The Secret in which the leader keeps the certificate of an ingress gateway. */
@Tag("apiserver")
@ExtendWith(ApiServer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GatewayCertificateTest {
    /** The leader looks at the Secret every 30 s. */
    private static final Duration ROUND = Duration.ofSeconds(60);

    private static final int URI_NAME = 6;
    private static final int DNS_NAME = 2;

    private final SharedControlPlane shared;
    private final ControllerProcess controller;
    private TestMesh mesh;

    GatewayCertificateTest(ApiServer.Running server, @TempDir Path folder) throws IOException {
        shared = new SharedControlPlane(server, folder);
        controller = shared.process();
    }

    @BeforeEach
    void join() {
        mesh = shared.join();
    }

    @AfterEach
    void leave() {
        mesh.leave();
    }

    @AfterAll
    void close() {
        shared.close();
    }

    @Test
    void theCertificateIsKeptUntilTheFieldIsGone() throws GeneralSecurityException {
        ask("nginx.ingress.cluster.local", "client");
        Secret first = awaitNew("client", "");

        assertThat(first.getType()).isEqualTo("kubernetes.io/tls");
        assertThat(names(first))
                .containsExactly(
                        List.of(URI_NAME, "spiffe://cluster.local/ns/ingress/sa/nginx"),
                        List.of(DNS_NAME, "nginx.ingress.cluster.local"));
        certificate(first, "tls.crt").verify(certificate(first, "ca.crt").getPublicKey());
        assertThat(KeyPairs.belong(
                        new PrivateKeyPem(text(first, "tls.key")).key("EC"),
                        certificate(first, "tls.crt").getPublicKey()))
                .isTrue();

        ask("spiffe://cluster.local/ns/ingress/sa/other", "client");
        Secret second = awaitNew("client", serial(first));
        assertThat(names(second)).contains(List.of(URI_NAME, "spiffe://cluster.local/ns/ingress/sa/other"));

        secret("client").delete();
        Secret third = awaitNew("client", serial(second));
        secret("client")
                .edit(there -> new SecretBuilder(there)
                        .addToData("tls.key", second.getData().get("tls.key"))
                        .build());
        awaitNew("client", serial(third));

        ask("nginx.ingress.cluster.local", "elsewhere");
        awaitNew("elsewhere", "");
        await().atMost(ROUND).until(() -> secret("client").get() == null);

        mesh.permissive(false);
        await().atMost(ROUND).until(() -> secret("elsewhere").get() == null);
        assertThat(controller.get("/problems")).isEqualTo("200 []");
    }

    @Test
    void whatCannotBeKeptIsTold() {
        mesh.client()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("theirs")
                        .withNamespace(mesh.workloads())
                        .endMetadata()
                        .withData(Map.of("key", "cHJlY2lvdXM="))
                        .build())
                .create();

        ask("nginx.ingress.cluster.local", "theirs");
        awaitProblem("secret", mesh.workloads() + "/theirs is there and was not written by this mesh");
        assertThat(secret("theirs").get().getData()).containsExactly(Map.entry("key", "cHJlY2lvdXM="));

        ask("nginx.ingress.example.com", "mine");
        awaitProblem("subjectAltNames[0]", "'nginx.ingress.example.com' is no principal of this mesh");

        ask("nginx.ingress.cluster.local", "mine");
        awaitNew("mine", "");
        await().atMost(ROUND)
                .untilAsserted(
                        () -> assertThat(controller.get("/problems")).doesNotContain("is no principal of this mesh"));
        assertThat(secret("theirs").get()).isNotNull();
    }

    private void ask(String principal, String secret) {
        mesh.apply(mesh.namespace(), """
                apiVersion: config.openservicemesh.io/v1alpha2
                kind: MeshConfig
                metadata: {name: osm-mesh-config}
                spec:
                  certificate:
                    serviceCertValidityDuration: 24h
                    certKeyBitSize: 2048
                    ingressGateway:
                      subjectAltNames: ["%s", "another.ingress.cluster.local"]
                      validityDuration: 1h
                      secret: {name: %s, namespace: %s}
                """.formatted(principal, secret, mesh.workloads()));
    }

    private void awaitProblem(String field, String message) {
        await().atMost(ROUND)
                .untilAsserted(() -> assertThat(controller.get("/problems"))
                        .contains(
                                "\"code\":\"M6005\"", "\"field\":\"spec.certificate.ingressGateway." + field, message));
    }

    /** The Secret once it holds another certificate than that one. */
    private Secret awaitNew(String name, String serial) {
        return await().atMost(ROUND)
                .ignoreExceptions()
                .until(
                        () -> secret(name).get(),
                        there -> there != null && !serial(there).equals(serial));
    }

    private Resource<Secret> secret(String name) {
        return mesh.client().secrets().inNamespace(mesh.workloads()).withName(name);
    }

    private static String serial(Secret secret) {
        return certificate(secret, "tls.crt").getSerialNumber().toString(16);
    }

    private static List<List<?>> names(Secret secret) throws GeneralSecurityException {
        return List.copyOf(certificate(secret, "tls.crt").getSubjectAlternativeNames());
    }

    private static X509Certificate certificate(Secret secret, String entry) {
        try {
            return Pem.certificates(text(secret, entry)).getFirst();
        } catch (CertificateException e) {
            throw new AssertionError(entry + " is damaged", e);
        }
    }

    private static String text(Secret secret, String entry) {
        return new String(Base64.getDecoder().decode(secret.getData().get(entry)), UTF_8);
    }
}
