package io.osmj.controlplane;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.osmj.controlplane.admission.AdmissionFacts;
import io.osmj.controlplane.trust.TrustStore;
import io.osmj.controlplane.watch.KubernetesSource;
import io.osmj.core.settings.MeshSettings;
import io.osmj.injector.request.MeshFacts;
import io.osmj.injector.request.NamespaceFacts;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The mesh as it is now, for admission, which needs to know a little of it. */
final class MeshView implements AdmissionFacts {
    private final ControllerOptions options;
    private final KubernetesSource source;
    private final TrustStore trust;
    private final AtomicReference<MeshSettings> settings;
    private volatile boolean nativeSidecars = true;

    MeshView(
            ControllerOptions options,
            KubernetesSource source,
            TrustStore trust,
            AtomicReference<MeshSettings> settings) {
        this.options = options;
        this.source = source;
        this.trust = trust;
        this.settings = settings;
    }

    /** Whether the cluster knows init containers that keep running. */
    void nativeSidecars(boolean known) {
        nativeSidecars = known;
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
