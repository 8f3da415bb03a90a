package io.osmj.controlplane;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.osmj.controlplane.admission.AdmissionFacts;
import io.osmj.controlplane.logs.LogLevel;
import io.osmj.controlplane.metrics.Metrics;
import io.osmj.controlplane.publish.PublicationObserver;
import io.osmj.controlplane.status.ProblemBoard;
import io.osmj.controlplane.trust.TrustStore;
import io.osmj.controlplane.watch.KubernetesSource;
import io.osmj.core.problem.Problem;
import io.osmj.core.settings.MeshSettings;
import io.osmj.injector.request.MeshFacts;
import io.osmj.injector.request.NamespaceFacts;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The mesh as it is published now, for those parts that need to know a little of it. */
final class MeshView implements PublicationObserver, AdmissionFacts {
    private static final Logger LOG = LoggerFactory.getLogger(MeshView.class);

    private final ControllerOptions options;
    private final KubernetesSource source;
    private final TrustStore trust;
    private final ProblemBoard board;
    private final Metrics metrics;
    private final AtomicReference<MeshSettings> settings;
    private volatile boolean nativeSidecars = true;

    MeshView(
            ControllerOptions options,
            KubernetesSource source,
            TrustStore trust,
            ProblemBoard board,
            Metrics metrics,
            AtomicReference<MeshSettings> settings) {
        this.options = options;
        this.source = source;
        this.trust = trust;
        this.board = board;
        this.metrics = metrics;
        this.settings = settings;
    }

    /** Whether the cluster knows init containers that keep running. */
    void nativeSidecars(boolean known) {
        nativeSidecars = known;
    }

    @Override
    public void problems(List<Problem> problems) {
        Set<Problem> known = new HashSet<>(board.published());
        problems.stream().filter(problem -> !known.contains(problem)).forEach(problem -> LOG.warn("{}", problem));
        board.published(problems);
    }

    @Override
    public void settings(MeshSettings now) {
        settings.set(now);
        LogLevel.set(now.observability().logLevel());
    }

    @Override
    public void published(Duration took, int proxies) {
        metrics.published(took);
        LOG.debug("A changed state was published to {} proxies in {} ms.", proxies, took.toMillis());
    }

    @Override
    public void turnedAway() {
        metrics.turnedAway();
    }

    @Override
    public MeshSettings settings() {
        return settings.get();
    }

    @Override
    public MeshFacts mesh() {
        return new MeshFacts(
                options.mesh().name(),
                options.mesh().namespace(),
                options.images().sidecar(),
                options.images().init(),
                options.images().pullPolicy(),
                trust.bundle().pem(),
                nativeSidecars);
    }

    @Override
    public Optional<NamespaceFacts> namespace(String name) {
        return source.namespace(name).map(namespace -> {
            ObjectMeta metadata = namespace.getMetadata();
            return new NamespaceFacts(name, orEmpty(metadata.getLabels()), orEmpty(metadata.getAnnotations()));
        });
    }

    private static Map<String, String> orEmpty(@Nullable Map<String, String> field) {
        return field == null ? Map.of() : field;
    }
}
