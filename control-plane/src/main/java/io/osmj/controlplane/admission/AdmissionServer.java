package io.osmj.controlplane.admission;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.osmj.controlplane.admission.validate.Validators;
import io.osmj.controlplane.trust.TrustStore;
import io.osmj.injector.Injector;
import java.net.InetSocketAddress;
import java.util.UUID;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The two admission webhooks: HTTPS servers whose certificates are renewed while they run, and the API server's trust in them. */
public final class AdmissionServer implements AutoCloseable {
    static final String MUTATE = "/mutate-pod-creation";
    static final String VALIDATE = "/validate";

    private static final Logger LOG = LoggerFactory.getLogger(AdmissionServer.class);

    private final KubernetesClient client;
    private final TrustStore trust;
    private final AdmissionOptions options;
    private final AdmissionFacts facts;
    private final AdmissionMetrics metrics;
    private @Nullable Running running;

    private record Running(TlsListener injector, TlsListener validator, WebhookTrust webhooks) {}

    /** Connects the parts; nothing listens yet. */
    public AdmissionServer(
            KubernetesClient client,
            TrustStore trust,
            AdmissionOptions options,
            AdmissionFacts facts,
            AdmissionMetrics metrics) {
        this.client = client;
        this.trust = trust;
        this.options = options;
        this.facts = facts;
        this.metrics = metrics;
    }

    /**
     * Begins to listen, after a rehearsal, and sees to it that the API server trusts the certificates. The trust store has to be
     * running.
     *
     * @throws java.io.UncheckedIOException when a port is taken
     */
    public synchronized void start() {
        if (running != null) {
            throw new IllegalStateException("the admission server was started before");
        }
        WebhookTrust webhooks =
                new WebhookTrust(client, options, () -> trust.bundle().pem());
        Injector injector = new Injector();
        X509ExtendedKeyManager key = trust.server(options.injector().names());
        new AdmissionRehearsal(key, trust.bundle()).play(AdmissionRehearsal.pods(injector, facts));
        Decider pods = new PodDecider(injector, facts, new NamespaceLookup(client, facts)::find, UUID::randomUUID);
        Decider objects = new ObjectDecider(Validators.all(new RouteLookup(client), options.checkTrafficTargets()));
        running = new Running(
                listen(options.injector(), key, MUTATE, new AdmissionEndpoint("injector", MUTATE, pods, metrics)),
                listen(
                        options.validator(),
                        trust.server(options.validator().names()),
                        VALIDATE,
                        new AdmissionEndpoint("validator", VALIDATE, objects, metrics)),
                webhooks);
        webhooks.start();
        LOG.info("Pods are reviewed on port {}, the mesh's kinds on port {}.", injectorPort(), validatorPort());
    }

    /** The port on which pods are reviewed. */
    public int injectorPort() {
        return running().injector().port();
    }

    /** The port on which the mesh's own kinds are reviewed. */
    public int validatorPort() {
        return running().validator().port();
    }

    @Override
    public synchronized void close() {
        if (running != null) {
            running.webhooks().close();
            running.injector().close();
            running.validator().close();
            running = null;
        }
    }

    private static TlsListener listen(
            AdmissionOptions.Server server, X509ExtendedKeyManager key, String path, AdmissionEndpoint endpoint) {
        return TlsListener.start(new InetSocketAddress(server.port()), key, path, endpoint);
    }

    private synchronized Running running() {
        if (running == null) {
            throw new IllegalStateException("the admission server is not running");
        }
        return running;
    }
}
