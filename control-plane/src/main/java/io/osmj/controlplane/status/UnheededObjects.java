package io.osmj.controlplane.status;

import static java.net.HttpURLConnection.HTTP_NOT_FOUND;
import static java.util.stream.Collectors.toSet;

import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.osmj.core.problem.Problem;
import io.osmj.objects.read.UnheededKind;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Finds objects that the mesh does not act on. No proxy depends on them, so that it is enough to list them now and then, and when
 * somebody asks for problems; a watch on each kind would hold a connection for nothing.
 */
public final class UnheededObjects implements AutoCloseable {
    private static final Duration ROUND = Duration.ofMinutes(5);

    /** Whoever asks more often than this is told what was found last. */
    private static final Duration FRESH = Duration.ofSeconds(5);

    /** Out of the API server's memory: a moment old, and no work for what is behind it. */
    private static final ListOptions CHEAPLY =
            new ListOptionsBuilder().withResourceVersion("0").build();

    private final KubernetesClient client;
    private final Predicate<String> ours;
    private final ProblemBoard board;
    private long looked = System.nanoTime();
    private final Map<UnheededKind, Set<Problem>> told = new EnumMap<>(UnheededKind.class);
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("unheeded").daemon().factory());

    /**
     * Looks at nothing yet.
     *
     * @param client that gives up after some seconds
     * @param ours whether objects of a namespace are the mesh's
     */
    public UnheededObjects(KubernetesClient client, Predicate<String> ours, ProblemBoard board) {
        this.client = client;
        this.ours = ours;
        this.board = board;
    }

    /** Begins. */
    public void start() {
        var _ = thread.scheduleWithFixedDelay(this::look, 0, ROUND.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Looks now, unless that was a moment ago or the API server is away. */
    public synchronized void freshen() {
        if (System.nanoTime() - looked > FRESH.toNanos()) {
            look();
        }
    }

    /** What was found of a kind stands while the API server does not say how it is now. */
    private synchronized void look() {
        for (UnheededKind kind : UnheededKind.values()) {
            try {
                tell(kind, list(kind));
            } catch (KubernetesClientException e) {
                if (e.getCode() == HTTP_NOT_FOUND) {
                    tell(kind, Set.of());
                } else if (e.getCode() == 0) {
                    break;
                }
            }
        }
        looked = System.nanoTime();
    }

    private Set<Problem> list(UnheededKind kind) {
        var context = new ResourceDefinitionContext.Builder()
                .withGroup(kind.group())
                .withVersion(kind.version())
                .withKind(kind.kind())
                .withPlural(kind.plural())
                .withNamespaced(true)
                .build();
        return client.genericKubernetesResources(context).inAnyNamespace().list(CHEAPLY).getItems().stream()
                .map(object -> object.getMetadata())
                .filter(metadata -> ours.test(metadata.getNamespace()))
                .map(metadata -> kind.problem(metadata.getNamespace(), metadata.getName()))
                .collect(toSet());
    }

    private void tell(UnheededKind kind, Set<Problem> now) {
        Set<Problem> before = told.getOrDefault(kind, Set.of());
        now.stream().filter(problem -> !before.contains(problem)).forEach(board::raise);
        before.stream().filter(problem -> !now.contains(problem)).forEach(board::settled);
        told.put(kind, now);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
