package io.osmj.controlplane.watch;

import static java.util.stream.Collectors.toCollection;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.osmj.core.identity.ProxyIdentity;
import io.osmj.core.names.Labels;
import io.osmj.core.problem.Outcome;
import io.osmj.core.state.ObjectKey;
import io.osmj.core.state.StatePatch;
import io.osmj.objects.read.Fields;
import io.osmj.objects.read.Mesh;
import io.osmj.objects.read.PodReader;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The state as the API server tells it. Objects outside the mesh's namespaces are seen but are no part of it. */
public final class KubernetesSource implements StateSource, MeshNamespaces, LivingPods {
    private final Mesh mesh;
    private final EventCounter counter;
    private final Feeds feeds;
    private final SliceIndex slices = new SliceIndex();
    private final Marks marks = new Marks();
    private final KubernetesReading reading;

    /** Connects the parts; nothing is asked of the API server yet. */
    public KubernetesSource(KubernetesClient client, Mesh mesh, EventCounter counter) {
        this.mesh = mesh;
        this.counter = counter;
        this.feeds = new Feeds(client, mesh);
        this.reading = new KubernetesReading(mesh, feeds, slices, this::concerns);
    }

    @Override
    public void start(Runnable changed) {
        start(feeds.namespaces, _ -> true, changed, new Namespaces());
        start(feeds.pods, this::concerns, changed, Watching.of(pod -> marks.pod(key(pod)), marks::everything));
        // No plan depends on an account itself; it is only looked at when a token names it.
        start(feeds.accounts, _ -> false, changed, Watching.of(_ -> {}, () -> {}));
        start(
                feeds.services,
                this::concerns,
                changed,
                Watching.of(service -> marks.service(key(service)), marks::everything));
        start(feeds.endpointSlices, this::concerns, changed, new Slices());
        for (CustomKind kind : CustomKind.values()) {
            start(
                    feeds.custom(kind),
                    kind == CustomKind.MESH_CONFIG ? _ -> true : this::concerns,
                    changed,
                    Watching.of(object -> marks.custom(kind, key(object)), marks::everything));
        }
    }

    private <T extends HasMetadata> void start(
            Feed<T> feed, Predicate<String> concerns, Runnable changed, Watching<T> watching) {
        feed.start(concerns, changed, counter, watching);
    }

    private static ObjectKey key(HasMetadata object) {
        return new ObjectKey(
                Fields.text(object.getMetadata().getNamespace()),
                object.getMetadata().getName());
    }

    @Override
    public void look(Consumer<Outcome<StatePatch>> taker) {
        if (synced()) {
            marks.read(marked -> {
                taker.accept(reading.read(marked));
                reading.judged().taken();
            });
        }
    }

    /** Whether every kind was read once or is known to be missing. */
    public boolean synced() {
        return feeds.all().allMatch(Feed::ready);
    }

    /** Kinds that cannot be listed and watched right now with the reason, sorted; empty when all is well. */
    public List<String> troubles() {
        return feeds.all()
                .filter(feed -> !feed.trouble().isEmpty())
                .map(feed -> feed.kind() + ": " + feed.trouble())
                .sorted()
                .toList();
    }

    /** Lists and watches everything anew; what is known holds until then. */
    void renew() {
        feeds.all().forEach(Feed::renew);
    }

    /** Lists and watches these kinds anew. */
    void renew(Set<String> kinds) {
        feeds.all().filter(feed -> kinds.contains(feed.kind())).forEach(Feed::renew);
    }

    /** Kinds that are not watched right now though nothing is known to be wrong with them. */
    List<String> silentKinds() {
        return feeds.all()
                .filter(feed -> !feed.watching() && feed.trouble().isEmpty())
                .map(Feed::kind)
                .toList();
    }

    /**
     * What is wrong with all that was read is said now. Returns whether that is a word about anything new. To be called by the thread
     * that looks.
     */
    public boolean told() {
        return reading.judged().told();
    }

    /** The objects of the mesh's own kinds of which is said what is wrong with them as they are now. */
    public List<GenericKubernetesResource> judgedObjects() {
        SortedSet<String> names = meshNamespaces();
        return Stream.of(CustomKind.values())
                .flatMap(kind -> feeds.custom(kind).objects().stream()
                        .filter(object -> kind == CustomKind.MESH_CONFIG
                                || names.contains(object.getMetadata().getNamespace())))
                .filter(reading.judged()::knows)
                .toList();
    }

    /** A namespace as it was last seen, whether it belongs to the mesh or not. */
    public Optional<Namespace> namespace(String name) {
        return feeds.namespaces.find(name);
    }

    @Override
    public Optional<SortedSet<String>> names() {
        return feeds.namespaces.ready() ? Optional.of(meshNamespaces()) : Optional.empty();
    }

    @Override
    public boolean lives(ProxyIdentity pod, String accountUid) {
        String namespace = pod.account().namespace();
        return feeds.pods.watching()
                && feeds.accounts.watching()
                && feeds.accounts
                        .find(namespace + "/" + pod.account().name())
                        .filter(account -> lives(account, accountUid))
                        .isPresent()
                && feeds.pods
                        .find(namespace + "/" + pod.pod())
                        .filter(found -> lives(found, pod.podUid()))
                        .flatMap(PodReader::read)
                        .filter(read -> read.account().equals(pod.account()))
                        .isPresent();
    }

    private static boolean lives(HasMetadata object, String uid) {
        return uid.equals(object.getMetadata().getUid()) && object.getMetadata().getDeletionTimestamp() == null;
    }

    @Override
    public void close() {
        feeds.all().forEach(Feed::close);
    }

    private SortedSet<String> meshNamespaces() {
        return feeds.namespaces.objects().stream()
                .filter(this::isOfMesh)
                .map(namespace -> namespace.getMetadata().getName())
                .collect(toCollection(TreeSet::new));
    }

    private boolean isOfMesh(Namespace namespace) {
        return mesh.name()
                .equals(Fields.map(namespace.getMetadata().getLabels()).get(Labels.MONITORED_BY));
    }

    /** A cheap question that is asked for every event of the whole cluster. */
    private boolean concerns(String namespace) {
        return feeds.namespaces.find(namespace).map(this::isOfMesh).orElse(false);
    }

    /** A namespace that joins or leaves brings or takes all that is in it. */
    private final class Namespaces implements Watching<Namespace> {
        private SortedSet<String> last = new TreeSet<>();

        @Override
        public void touched(Namespace namespace) {
            SortedSet<String> now = meshNamespaces();
            if (!now.equals(last)) {
                last = now;
                marks.everything();
            }
        }

        @Override
        public void everything() {
            marks.everything();
        }
    }

    private final class Slices implements Watching<EndpointSlice> {
        @Override
        public void touched(EndpointSlice slice) {
            if (feeds.endpointSlices.find(Feed.key(slice)).isPresent()) {
                slices.seen(slice);
            } else {
                slices.gone(slice);
            }
            SliceIndex.service(slice).ifPresent(marks::endpoints);
        }

        @Override
        public void everything() {
            marks.everything();
        }
    }
}
