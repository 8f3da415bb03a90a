package io.osmj.controlplane.admission;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps {@code caBundle} of one webhook configuration what it has to be. Nothing else of the configuration is touched: the
 * rest is the installer's, who in turn leaves this field out.
 *
 * <p>It is written as a JSON patch that first tests the name at each place. Server-side apply would also do, but would make us
 * owner of the entries, and an entry that the installer drops later would stay as a stump that no API server accepts.
 */
final class CaBundleKeeper<T extends HasMetadata> implements ResourceEventHandler<T>, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CaBundleKeeper.class);

    /** How soon a patch that failed, or roots that changed, are seen to. While nothing did, a round costs one comparison. */
    private static final Duration ROUND = Duration.ofSeconds(5);

    private final Resource<T> resource;
    private final Function<T, List<Entry>> entries;
    private final Supplier<String> roots;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("ca-bundle").daemon().factory());
    private @Nullable SharedIndexInformer<T> informer;

    /** As the watch brought it last; this and the next are the thread's alone. */
    private @Nullable T latest;

    /** The roots that stand there for certain; none after a patch that failed. */
    private String settled = "";

    /**
     * One webhook of a configuration.
     *
     * @param caBundle base64 of PEM as it stands there; none when it was never written
     */
    record Entry(String name, @Nullable String caBundle) {}

    CaBundleKeeper(Resource<T> resource, Function<T, List<Entry>> entries, Supplier<String> roots) {
        this.resource = resource;
        this.entries = entries;
        this.roots = roots;
    }

    void start() {
        informer = resource.inform(this);
        Future<?> _ =
                thread.scheduleWithFixedDelay(this::look, ROUND.toMillis(), ROUND.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        if (latest != null && !settled.equals(roots.get())) {
            keep(latest);
        }
    }

    @Override
    public void onAdd(T configuration) {
        thread.execute(() -> keep(configuration));
    }

    @Override
    public void onUpdate(T before, T configuration) {
        thread.execute(() -> keep(configuration));
    }

    @Override
    public void onDelete(T configuration, boolean finalStateUnknown) {
        LOG.error(
                "{} {} was deleted: the API server no longer asks the mesh. Install the mesh's chart again.",
                configuration.getKind(),
                configuration.getMetadata().getName());
    }

    private void keep(T configuration) {
        latest = configuration;
        String trusted = roots.get();
        String wanted = Base64.getEncoder().encodeToString(trusted.getBytes(UTF_8));
        ArrayNode patch = patch(entries.apply(configuration), wanted);
        if (patch.isEmpty()) {
            settled = trusted;
            return;
        }
        String name = configuration.getMetadata().getName();
        try {
            latest = resource.patch(PatchContext.of(PatchType.JSON), patch.toString());
            settled = trusted;
            LOG.info("{} {} now trusts the mesh's root.", configuration.getKind(), name);
        } catch (KubernetesClientException e) {
            // The next round, or the next change, tries again with what stands there then.
            settled = "";
            LOG.warn("{} {} could not be given the mesh's root: {}", configuration.getKind(), name, e.getMessage());
        }
    }

    private static ArrayNode patch(List<Entry> entries, String wanted) {
        ArrayNode patch = JsonNodeFactory.instance.arrayNode();
        for (int index = 0; index < entries.size(); index++) {
            Entry entry = entries.get(index);
            if (!wanted.equals(entry.caBundle())) {
                String place = "/webhooks/" + index;
                patch.addObject().put("op", "test").put("path", place + "/name").put("value", entry.name());
                patch.addObject()
                        .put("op", "add")
                        .put("path", place + "/clientConfig/caBundle")
                        .put("value", wanted);
            }
        }
        return patch;
    }

    @Override
    public void close() {
        if (informer != null) {
            informer.close();
        }
        thread.shutdownNow();
    }
}
