package io.osmj.controlplane.admission;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.osmj.certificates.TrustBundle;
import io.osmj.core.names.Labels;
import io.osmj.core.settings.MeshSettings;
import io.osmj.injector.Injector;
import io.osmj.injector.request.MeshFacts;
import io.osmj.injector.request.NamespaceFacts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.net.ssl.X509ExtendedKeyManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reviews of a pod that nobody creates, before the first that somebody waits for: what the webhook does for the first time takes it
 * hundreds of milliseconds. They go over TLS to a listener of their own on loopback and are counted nowhere.
 */
final class AdmissionRehearsal {
    private static final Logger LOG = LoggerFactory.getLogger(AdmissionRehearsal.class);

    /** Handshakes are rehearsed too. */
    private static final int CONNECTIONS = 4;

    /** After about so many on all connections one more gains little. */
    private static final int REVIEWS_EACH = 10;

    private static final String NAMESPACE = "rehearsal";
    private static final String REVIEW = """
            {"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "request": {"uid": "rehearsal", "dryRun": true,
             "kind": {"group": "", "version": "v1", "kind": "Pod"}, "operation": "CREATE", "namespace": "rehearsal",
             "object": {"apiVersion": "v1", "kind": "Pod", "metadata": {"generateName": "rehearsal-", "labels": {"app": "a"},
              "annotations": {"openservicemesh.io/sidecar-injection": "enabled"}},
              "spec": {"serviceAccountName": "default", "containers": [{"name": "a", "image": "a", "ports": [{"containerPort": 80}],
               "readinessProbe": {"httpGet": {"path": "/", "port": 80}}}]}}}}
            """;

    private final X509ExtendedKeyManager key;
    private final TrustBundle roots;

    /**
     * A rehearsal.
     *
     * @param key the server's
     * @param roots what the server's certificate is of
     */
    AdmissionRehearsal(X509ExtendedKeyManager key, TrustBundle roots) {
        this.key = key;
        this.roots = roots;
    }

    /** Gives the decider of the mesh as it is, in a namespace that is of it. */
    static Decider pods(Injector injector, AdmissionFacts facts) {
        AdmissionFacts played = new Played(facts);
        return new PodDecider(injector, played, played::namespace, UUID::randomUUID);
    }

    /** Plays. A fault is told and changes nothing: the webhook is merely slower at first. */
    void play(Decider decider) {
        long start = System.nanoTime();
        AdmissionEndpoint endpoint =
                new AdmissionEndpoint("rehearsal", AdmissionServer.MUTATE, decider, AdmissionMetrics.NONE);
        InetSocketAddress anywhere = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try {
            TlsListener listener = TlsListener.start(anywhere, key, AdmissionServer.MUTATE, endpoint);
            try {
                for (int i = 0; i < CONNECTIONS; i++) {
                    ask(listener.port());
                }
            } finally {
                listener.close(0);
            }
            LOG.debug("The webhook was rehearsed in {} ms.", (System.nanoTime() - start) / 1_000_000);
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            LOG.warn("The webhook could not be rehearsed, so the first pods wait longer: {}", e.toString());
        }
    }

    private void ask(int port) throws IOException, GeneralSecurityException {
        try (ReviewConnection connection = ReviewConnection.open(port, roots)) {
            for (int i = 0; i < REVIEWS_EACH; i++) {
                connection.post(AdmissionServer.MUTATE, REVIEW.getBytes(UTF_8));
            }
        }
    }

    private record Played(AdmissionFacts actual) implements AdmissionFacts {
        @Override
        public MeshSettings settings() {
            return actual.settings();
        }

        @Override
        public MeshFacts mesh() {
            return actual.mesh();
        }

        @Override
        public Optional<NamespaceFacts> namespace(String name) {
            return Optional.of(new NamespaceFacts(
                    NAMESPACE, Map.of(Labels.MONITORED_BY, actual.mesh().meshName()), Map.of()));
        }
    }
}
