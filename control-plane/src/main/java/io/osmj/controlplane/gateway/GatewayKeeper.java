package io.osmj.controlplane.gateway;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.osmj.certificates.CertificateIssuer;
import io.osmj.certificates.IssuedCertificate;
import io.osmj.certificates.IssuingException;
import io.osmj.certificates.TrustBundle;
import io.osmj.certificates.rotation.KeptCertificate;
import io.osmj.core.identity.SpiffeId;
import io.osmj.core.settings.GatewayCertificate;
import io.osmj.objects.read.Mesh;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps in a Secret the certificate that MeshConfig asks for ({@code spec.certificate.ingressGateway}), as Open Service Mesh did: issued
 * for the first of its names, renewed in time, deleted when the field goes. The leader does it; every replica knows where it was, so
 * that one that becomes the leader can go on.
 */
public final class GatewayKeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GatewayKeeper.class);
    private static final Duration ROUND = Duration.ofSeconds(2);

    /** How often the Secret is asked for while what is wanted stays the same. Whoever deletes it has it back after that. */
    private static final Duration LOOK = Duration.ofSeconds(30);

    private final KubernetesClient client;
    private final Mesh mesh;
    private final Supplier<Optional<GatewayCertificate>> wanted;
    private final Supplier<CertificateIssuer> issuer;
    private final BooleanSupplier leads;
    private final GatewayProblems problems;
    private final InstantSource clock;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("gateway-certificate").daemon().factory());

    /** What was tried last; this and what follows are the thread's alone. */
    private Optional<GatewayCertificate> tried = Optional.empty();

    /** Where a certificate of ours may lie. */
    private Optional<GatewayCertificate> kept = Optional.empty();

    private Instant again = Instant.MIN;

    /**
     * Connects the parts; nothing is done yet.
     *
     * @param wanted what MeshConfig asks for now
     * @param issuer asked anew each time, because trust is set up later
     * @param leads whether this replica is the leader
     */
    public GatewayKeeper(
            KubernetesClient client,
            Mesh mesh,
            Supplier<Optional<GatewayCertificate>> wanted,
            Supplier<CertificateIssuer> issuer,
            BooleanSupplier leads,
            GatewayProblems problems,
            InstantSource clock) {
        this.client = client;
        this.mesh = mesh;
        this.wanted = wanted;
        this.issuer = issuer;
        this.leads = leads;
        this.problems = problems;
        this.clock = clock;
    }

    /** Begins to look after it. A round in which nothing changed costs one comparison. */
    public void start() {
        // It never fails: a round catches its own.
        Future<?> _ =
                thread.scheduleWithFixedDelay(this::round, ROUND.toMillis(), ROUND.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void round() {
        Optional<GatewayCertificate> now = wanted.get();
        Instant at = clock.instant();
        if (!leads.getAsBoolean()) {
            problems.none();
            kept = now;
            again = Instant.MIN;
        } else if (!now.equals(tried) || at.isAfter(again)) {
            tried = now;
            again = at.plus(LOOK);
            attempt(now, at);
        }
    }

    private void attempt(Optional<GatewayCertificate> now, Instant at) {
        try {
            kept.filter(before ->
                            now.filter(gateway -> samePlace(before, gateway)).isEmpty())
                    .ifPresent(before -> new GatewaySecret(client, mesh.name(), before).delete());
            kept = now;
            now.ifPresentOrElse(gateway -> keep(gateway, at), problems::none);
        } catch (KubernetesClientException e) {
            LOG.warn("The certificate of the ingress gateway is not kept; it is tried again: {}", e.getMessage());
            now.or(() -> kept).ifPresent(gateway -> problems.refused(gateway, e));
        } catch (RuntimeException e) {
            LOG.error("Looking after the certificate of the ingress gateway failed; it is tried again.", e);
        }
    }

    private static boolean samePlace(GatewayCertificate one, GatewayCertificate other) {
        return one.namespace().equals(other.namespace()) && one.secret().equals(other.secret());
    }

    private void keep(GatewayCertificate gateway, Instant at) {
        Optional<SpiffeId> id = SpiffeId.ofPrincipal(gateway.principal(), mesh.trustDomain());
        if (id.isEmpty()) {
            problems.noPrincipal(gateway);
            return;
        }
        GatewaySecret secret = new GatewaySecret(client, mesh.name(), gateway);
        Secret present = secret.present();
        if (present != null && !secret.ours(present)) {
            problems.foreign(gateway);
            return;
        }
        TrustBundle roots = issuer.get().trustBundle();
        boolean serves = Optional.ofNullable(present)
                .flatMap(there -> secret.certificate(there, roots))
                .filter(kept -> KeptCertificate.serves(kept, id.get(), roots, gateway.validity(), at))
                .isPresent();
        if (serves) {
            problems.none();
        } else {
            issue(secret, present, id.get(), gateway);
        }
    }

    private void issue(GatewaySecret secret, @Nullable Secret present, SpiffeId id, GatewayCertificate gateway) {
        try {
            IssuedCertificate issued = issuer.get().workload(id, gateway.validity());
            secret.write(present, issued, issuer.get().trustBundle());
            problems.none();
            LOG.info("The Secret {}/{} holds the {} of {}.", gateway.namespace(), gateway.secret(), issued, id);
        } catch (IssuingException e) {
            LOG.warn("The ingress gateway gets no certificate; it is tried again: {}", e.getMessage());
            problems.notIssued(gateway, e);
        }
    }

    /** Ends. The Secret stays: another replica goes on with it. */
    @Override
    public void close() {
        thread.shutdownNow();
    }
}
