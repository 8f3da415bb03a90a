package io.osmj.controlplane;

import static io.osmj.core.names.ControlPlane.TOKEN_AUDIENCE;

import io.osmj.certificates.IssuedCertificate;
import io.osmj.controlplane.Startup.Part;
import io.osmj.controlplane.admission.AdmissionMetrics;
import io.osmj.controlplane.admission.AdmissionServer;
import io.osmj.controlplane.gateway.GatewayKeeper;
import io.osmj.controlplane.gateway.GatewayProblems;
import io.osmj.controlplane.heap.OldGarbage;
import io.osmj.controlplane.http.BuildVersion;
import io.osmj.controlplane.http.StatusServer;
import io.osmj.controlplane.identity.PodTokens;
import io.osmj.controlplane.identity.TokenReviewer;
import io.osmj.controlplane.leader.Leadership;
import io.osmj.controlplane.metrics.Metrics;
import io.osmj.controlplane.publish.Pace;
import io.osmj.controlplane.publish.Publisher;
import io.osmj.controlplane.status.Acceptance;
import io.osmj.controlplane.status.NackBook;
import io.osmj.controlplane.status.ProblemBoard;
import io.osmj.controlplane.status.ProblemEvents;
import io.osmj.controlplane.status.Scribe;
import io.osmj.controlplane.status.UnheededObjects;
import io.osmj.controlplane.trust.TrustEvents;
import io.osmj.controlplane.trust.TrustException;
import io.osmj.controlplane.trust.TrustOptions;
import io.osmj.controlplane.trust.TrustStore;
import io.osmj.controlplane.watch.KubernetesSource;
import io.osmj.controlplane.watch.Pulse;
import io.osmj.controlplane.watch.Watchdog;
import io.osmj.core.identity.SpiffeId;
import io.osmj.core.problem.Problem;
import io.osmj.core.settings.MeshSettings;
import io.osmj.xds.serve.XdsServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/** All parts of the control plane and how they are connected. */
final class ControlPlane implements AutoCloseable {
    /** About as long as it takes until the API server knows that it has to ask another replica. */
    private static final Duration WEBHOOKS_STAY = Duration.ofSeconds(2);

    private final ControllerOptions options;
    private final Clock clock = Clock.systemUTC();
    private final Metrics metrics = new Metrics();
    private final ProblemBoard board = new ProblemBoard(clock);
    private final AtomicReference<MeshSettings> settings = new AtomicReference<>(MeshSettings.WITHOUT_MESH_CONFIG);
    private final Startup startup = new Startup();
    private final OldGarbage garbage = new OldGarbage();
    private final ClusterClients clients;
    private final KubernetesSource source;
    private final TrustStore trust;
    private final MeshView view;
    private final Publisher publisher;
    private final PodTokens tokens;
    private final AdmissionServer admission;
    private final Leadership leadership;
    private final Scribe scribe;
    private final GatewayKeeper gateway;
    private final UnheededObjects unheeded;
    private final Pulse pulse;
    private final ProxyPort proxies;
    private final StatusServer status;

    ControlPlane(ControllerOptions options) {
        this.options = options;
        var mesh = options.mesh();
        clients = ClusterClients.connect();
        source = new KubernetesSource(clients.patient(), mesh, metrics);
        trust = new TrustStore(
                clients.patient(),
                new TrustOptions(mesh.namespace(), options.caBundleSecret()),
                () -> settings.get().certificate().validity(),
                new Renewals(),
                clock);
        view = new MeshView(options, source, trust, settings);
        publisher = new Publisher(
                mesh.trustDomain(),
                source::look,
                new WorkloadSecrets(trust::workloads, trust::bundle),
                new PublishedMesh(UnaryOperator.identity(), board, metrics, settings, this::judged),
                System::nanoTime,
                Pace.DEFAULT);
        NackBook nacks = new NackBook(board, new PublishedOrigins(publisher, mesh), UnaryOperator.identity());
        tokens = new PodTokens(
                clients.impatient(),
                TOKEN_AUDIENCE,
                source,
                source,
                new TokenReviewer(clients.impatient(), TOKEN_AUDIENCE, clock),
                clock);
        proxies = new ProxyPort(
                new InetSocketAddress(options.ports().xds()), new XdsServer.Backend(tokens, publisher, nacks));
        admission = new AdmissionServer(clients.patient(), trust, options.admission(), view, this::reviewed);
        leadership = new Leadership(
                clients.patient(), mesh.namespace(), options.pod().name(), this::elected);
        gateway = new GatewayKeeper(
                clients.patient(),
                mesh,
                () -> settings.get().certificate().gateway(),
                trust::issuer,
                leadership::leads,
                new GatewayProblems(board, mesh),
                clock);
        scribe = new Scribe(
                leadership::leads,
                List.of(
                        new ProblemEvents(
                                clients.patient(), board, options.pod().name(), clock),
                        new Acceptance(clients.patient(), source::judgedObjects, board, clock)));
        unheeded = new UnheededObjects(clients.impatient(), this::ours, board);
        pulse = new Pulse(clients.impatient(), mesh.namespace(), Leadership.LEASE, source);
        BuildVersion version = BuildVersion.of(options.version());
        new Figures(metrics)
                .version(version)
                .cluster(source)
                .problems(board)
                .publisher(publisher)
                .xds(proxies::counts);
        status = new StatusServer(
                new InetSocketAddress(options.ports().status()),
                new Pages(publisher, board, nacks, metrics, unheeded::freshen)
                        .all(
                                version,
                                Readiness.ofCluster(startup, source, publisher),
                                Readiness.alive(publisher, new Watchdog(source, clients::answers, clock))));
    }

    /**
     * Starts everything in order, waiting for the API server as long as it takes. Proxies can connect when there is something
     * to tell them, not before: one that is turned away comes back late.
     */
    void start() throws InterruptedException {
        status.start();
        board.onChange(scribe::wake);
        source.start(publisher::changed);
        publisher.start();
        startup.until(Part.TRUST, this::startTrust);
        startup.until(Part.WEBHOOKS, this::startWebhooks);
        startup.await(publisher::ready);
        // Now, when nobody waits yet.
        garbage.start();
        startup.until(Part.XDS, this::startXds);
        scribe.start();
        leadership.start();
        gateway.start();
        unheeded.start();
        pulse.start();
    }

    private boolean ours(String namespace) {
        return namespace.equals(options.mesh().namespace())
                || source.names().filter(names -> names.contains(namespace)).isPresent();
    }

    /** What has no problem is to be told so, too. */
    private void judged() {
        if (source.told()) {
            scribe.wake();
        }
    }

    private void elected() {
        scribe.wake();
    }

    private boolean startTrust() throws TrustException {
        try {
            trust.start();
            return true;
        } catch (TrustException e) {
            board.alarm(e.problem());
            throw e;
        }
    }

    private boolean startWebhooks() {
        view.nativeSidecars(clients.nativeSidecars());
        admission.start();
        return true;
    }

    private int startXds() throws IOException {
        return proxies.open(trust.server(ProxyPort.names(options.mesh().namespace())));
    }

    private void reviewed(String webhook, AdmissionMetrics.Answer answer, boolean dryRun, Duration took) {
        metrics.reviewed(webhook, answer != AdmissionMetrics.Answer.FAILED);
    }

    /**
     * Closes everything in the order in which nobody misses it: proxies turn to another replica, the API server goes on to be
     * answered until it knows that this one is not ready.
     */
    @Override
    public void close() {
        startup.end();
        gateway.close();
        leadership.close();
        proxies.close();
        publisher.close();
        scribe.close();
        unheeded.close();
        pulse.close();
        source.close();
        startup.pause(WEBHOOKS_STAY);
        admission.close();
        trust.close();
        status.close();
        metrics.close();
        garbage.close();
        clients.close();
    }

    /** What the trust store tells, passed on. */
    private final class Renewals implements TrustEvents {
        @Override
        public void renewed(SpiffeId id, IssuedCertificate certificate) {
            publisher.secretsChanged(id.account());
        }

        @Override
        public void alarm(Problem problem) {
            board.alarm(problem);
        }
    }
}
