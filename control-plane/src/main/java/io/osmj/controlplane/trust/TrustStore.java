package io.osmj.controlplane.trust;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.osmj.certificates.CertificateIssuer;
import io.osmj.certificates.ServerNames;
import io.osmj.certificates.TrustBundle;
import io.osmj.certificates.builtin.BuiltInAuthority;
import io.osmj.certificates.builtin.RootCertificate;
import io.osmj.certificates.rotation.ServerKeyManager;
import io.osmj.certificates.rotation.WorkloadCertificates;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The mesh's trust for the rest of the process: who issues, what is trusted, the certificates of workloads and of our own
 * servers, all of them renewed while this runs.
 */
public final class TrustStore implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TrustStore.class);

    private final RootSecret secret;
    private final TrustOptions options;
    private final Supplier<Duration> validity;
    private final TrustEvents events;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private @Nullable Running running;

    private record Running(
            RootCertificate root,
            CertificateIssuer issuer,
            WorkloadCertificates workloads,
            RenewalRound round,
            SharedIndexInformer<Secret> watch) {}

    /**
     * Connects the parts; nothing is asked of the API server yet.
     *
     * @param validity how long certificates of workloads are valid, asked whenever one is looked at
     * @param clock the clock on the wall
     */
    public TrustStore(
            KubernetesClient client,
            TrustOptions options,
            Supplier<Duration> validity,
            TrustEvents events,
            InstantSource clock) {
        this.secret = new RootSecret(client, options, clock);
        this.options = options;
        this.validity = validity;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Takes over the root from its Secret or makes the first one, and begins to renew.
     *
     * @throws TrustException when there is a Secret that cannot be used
     * @throws io.fabric8.kubernetes.client.KubernetesClientException when the API server does not let us
     */
    public synchronized void start() throws TrustException {
        if (running != null) {
            throw new IllegalStateException("the trust store was started before");
        }
        RootCertificate root = secret.adoptOrCreate(random);
        LOG.info("The mesh's root of trust is {}.", root);
        CertificateIssuer issuer = new BuiltInAuthority(root, clock, random);
        RotationAlarms listener = new RotationAlarms(events);
        WorkloadCertificates workloads = new WorkloadCertificates(issuer, validity, clock, random, listener);
        RootLife life = new RootLife(secret, root, clock, events::alarm);
        RenewalRound round = new RenewalRound(workloads, life);
        // Not by the informer's own resync: one alarm for one change is enough.
        SharedIndexInformer<Secret> watch = secret.resource().inform(new RootWatch(secret, root, events::alarm), 0);
        round.start(options.round());
        running = new Running(root, issuer, workloads, round, watch);
    }

    /** Who issues certificates. */
    public CertificateIssuer issuer() {
        return running().issuer();
    }

    /** What proxies and the API server are to trust. */
    public TrustBundle bundle() {
        return issuer().trustBundle();
    }

    /** The certificates of workloads. */
    public WorkloadCertificates workloads() {
        return running().workloads();
    }

    /** The certificate of one of our own servers, renewed from now on until this is closed. */
    public ServerKeyManager server(ServerNames names) {
        Running now = running();
        ServerKeyManager server = new ServerKeyManager(now.issuer(), names, clock, random);
        now.round().add(server);
        return server;
    }

    @Override
    public synchronized void close() {
        if (running != null) {
            running.watch().close();
            running.round().close();
            running = null;
        }
    }

    private synchronized Running running() {
        if (running == null) {
            throw new IllegalStateException("the trust store is not running");
        }
        return running;
    }
}
