package io.osmj.integration.controlplane;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.osmj.certificates.Pem;
import io.osmj.certificates.builtin.RootCertificate;
import io.osmj.integration.apiserver.ApiServer;
import io.osmj.xds.resource.ResourceType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A new root of trust in the steps of {@code docs/root-of-trust.md}: at none of them anybody meets a certificate that he does not trust. */
@Tag("apiserver")
@ExtendWith(ApiServer.class)
class RootRotationTest {
    private final Path folder;
    private final Path kubeconfig;
    private final TestMesh mesh;

    RootRotationTest(ApiServer.Running server, @TempDir Path folder) throws IOException {
        this.folder = folder;
        this.mesh = TestMesh.create(server);
        this.kubeconfig =
                Files.writeString(folder.resolve("kubeconfig"), server.server().getKubeConfigYaml());
    }

    /** What a proxy got of one control plane: the roots it is to trust, and who signed its certificate. */
    private record Got(List<X509Certificate> roots, X509Certificate certificate) {
        boolean signedBy(X509Certificate root) {
            try {
                certificate.verify(root.getPublicKey());
                return true;
            } catch (GeneralSecurityException e) {
                return false;
            }
        }
    }

    @Test
    void aNewRootIsTrustedBeforeItSigns() throws GeneralSecurityException, IOException {
        mesh.permissive(true);
        Pod pod = mesh.pod("node-1", "node", "10.1.0.1");
        RootCertificate made = RootCertificate.create(Clock.systemUTC().instant(), new SecureRandom());
        X509Certificate second = made.certificate();

        try (ControllerProcess controller = start()) {
            assertThat(ask(controller, pod).roots()).hasSize(1);
        }
        X509Certificate first = roots().getFirst();

        edit(Map.of("ca.crt", Pem.write(List.of(first, second))));
        try (ControllerProcess controller = start()) {
            Got got = ask(controller, pod);
            assertThat(got.roots()).containsExactly(first, second);
            assertThat(got.signedBy(first)).isTrue();
            // Sidecars from before the change still find their control plane.
            assertThat(accepts(controller, List.of(first))).isTrue();
        }

        edit(Map.of("private.key", made.keyPem().text()));
        try (ControllerProcess controller = start()) {
            Got got = ask(controller, pod);
            assertThat(got.roots()).containsExactlyInAnyOrder(first, second);
            assertThat(got.signedBy(second)).isTrue();
            assertThat(accepts(controller, List.of(first, second))).isTrue();
            assertThat(accepts(controller, List.of(first))).isFalse();
        }

        edit(Map.of("ca.crt", Pem.write(List.of(second))));
        try (ControllerProcess controller = start()) {
            Got got = ask(controller, pod);
            assertThat(got.roots()).containsExactly(second);
            assertThat(got.signedBy(second)).isTrue();
        }
    }

    private ControllerProcess start() {
        return ControllerProcess.start(folder, kubeconfig, "only", mesh).awaitReady();
    }

    private Got ask(ControllerProcess controller, Pod pod) throws GeneralSecurityException {
        try (AdsClient proxy = new AdsClient()) {
            proxy.connect(controller.xdsPort(), mesh.token(pod));
            await().until(() -> proxy.held(ResourceType.SECRET).size() == 2);
            Secret leaf = proxy.message(ResourceType.SECRET, "service-cert", Secret.class);
            Secret roots = proxy.message(ResourceType.SECRET, "root-cert", Secret.class);
            return new Got(
                    Pem.certificates(roots.getValidationContext()
                            .getTrustedCa()
                            .getInlineBytes()
                            .toStringUtf8()),
                    Pem.certificates(leaf.getTlsCertificate()
                                    .getCertificateChain()
                                    .getInlineBytes()
                                    .toStringUtf8())
                            .getFirst());
        }
    }

    /** Whether somebody who trusts these roots takes the control plane for one of the mesh. */
    private static boolean accepts(ControllerProcess controller, List<X509Certificate> roots)
            throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        for (X509Certificate root : roots) {
            store.setCertificateEntry(root.getSerialNumber().toString(), root);
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        try (SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", controller.xdsPort())) {
            socket.startHandshake();
            return true;
        } catch (SSLHandshakeException e) {
            return false;
        }
    }

    private List<X509Certificate> roots() throws GeneralSecurityException {
        String encoded = mesh.client()
                .secrets()
                .inNamespace(mesh.namespace())
                .withName("osm-ca-bundle")
                .get()
                .getData()
                .get("ca.crt");
        return Pem.certificates(new String(Base64.getDecoder().decode(encoded), UTF_8));
    }

    private void edit(Map<String, String> entries) {
        mesh.client()
                .secrets()
                .inNamespace(mesh.namespace())
                .withName("osm-ca-bundle")
                .edit(present ->
                        new SecretBuilder(present).addToStringData(entries).build());
    }
}
