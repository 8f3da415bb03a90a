package io.osmj.controlplane;

import io.osmj.certificates.rotation.ServerKeyManager;
import io.osmj.controlplane.files.FilesSource;
import io.osmj.controlplane.files.LocalState;
import io.osmj.controlplane.heap.OldGarbage;
import io.osmj.controlplane.http.BuildVersion;
import io.osmj.controlplane.http.StatusServer;
import io.osmj.controlplane.metrics.Metrics;
import io.osmj.controlplane.publish.Pace;
import io.osmj.controlplane.publish.Publisher;
import io.osmj.controlplane.status.NackBook;
import io.osmj.controlplane.status.ProblemBoard;
import io.osmj.core.problem.Outcome;
import io.osmj.core.settings.MeshSettings;
import io.osmj.core.state.StatePatch;
import io.osmj.xds.serve.XdsServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** The control plane of a folder: the same publisher and xDS server, with files where a cluster would be. */
final class FolderControlPlane implements AutoCloseable {
    private final FolderOptions options;
    private final Clock clock = Clock.systemUTC();
    private final Metrics metrics = new Metrics();
    private final ProblemBoard board = new ProblemBoard(clock);
    private final AtomicReference<MeshSettings> settings = new AtomicReference<>(MeshSettings.WITHOUT_MESH_CONFIG);
    private final Startup startup = new Startup();
    private final OldGarbage garbage = new OldGarbage();
    private final LocalState state;
    private final FilesSource source;
    private final Publisher publisher;
    private final ProxyPort proxies;
    private final ServerKeyManager keys;
    private final StatusServer status;

    /**
     * Takes its files and ports, but serves nothing yet.
     *
     * @throws IOException if the state folder or the roots in it cannot be used
     */
    FolderControlPlane(FolderOptions options) throws IOException {
        this.options = options;
        source = new FilesSource(options.folder(), options.mesh());
        state = LocalState.open(
                options.state(),
                () -> settings.get().certificate().validity(),
                this::secretsChanged,
                options.mesh().namespace(),
                clock);
        publisher = new Publisher(
                options.mesh().trustDomain(),
                this::look,
                new WorkloadSecrets(state.trust()::workloads, state.trust()::bundle),
                new PublishedMesh(source::located, board, metrics, settings, () -> {}),
                System::nanoTime,
                Pace.DEFAULT);
        NackBook nacks = new NackBook(board, new PublishedOrigins(publisher, options.mesh()), source::located);
        proxies = new ProxyPort(
                new InetSocketAddress(options.address(), options.xdsPort()),
                new XdsServer.Backend(state.tokens(), publisher, nacks));
        keys = state.trust().start(ProxyPort.names(options.mesh().namespace()));
        BuildVersion version = BuildVersion.of(options.version());
        new Figures(metrics)
                .version(version)
                .problems(board)
                .publisher(publisher)
                .xds(proxies::counts);
        status = new StatusServer(
                new InetSocketAddress(options.address(), options.statusPort()),
                new Pages(publisher, board, nacks, metrics, () -> {})
                        .all(version, Readiness.ofFolder(startup, source, publisher), Readiness.alive(publisher)));
    }

    /** Serves, and says so in the state folder. */
    void start() throws InterruptedException {
        status.start();
        int port = startup.until(Startup.Part.XDS, () -> proxies.open(keys));
        state.serves(target(port), options.adminPort());
        publisher.start();
        source.start(publisher::changed);
        startup.await(() -> source.synced() && publisher.ready());
        garbage.start();
        state.ready(port, status.port());
    }

    /** Asked on the publisher's thread alone; pods get their token and bootstrap before anything is published for them. */
    private void look(Consumer<Outcome<StatePatch>> taker) {
        source.look(seen -> {
            state.keep(seen.value().pods().values().stream()
                    .flatMap(Optional::stream)
                    .toList());
            taker.accept(seen);
        });
    }

    private void secretsChanged() {
        publisher.secretsChanged();
    }

    private String target(int port) {
        boolean anywhere = options.address().equals("0.0.0.0");
        return (anywhere ? "127.0.0.1" : options.address()) + ":" + port;
    }

    @Override
    public void close() {
        startup.end();
        state.ending();
        proxies.close();
        publisher.close();
        source.close();
        status.close();
        metrics.close();
        garbage.close();
        state.close();
    }
}
