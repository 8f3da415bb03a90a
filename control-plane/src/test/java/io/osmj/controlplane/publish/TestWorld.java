package io.osmj.controlplane.publish;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;

import io.osmj.core.identity.ProxyIdentity;
import io.osmj.core.identity.ServiceAccount;
import io.osmj.core.identity.SpiffeId;
import io.osmj.core.identity.TrustDomain;
import io.osmj.core.intercept.Interception;
import io.osmj.core.policy.AllowRule;
import io.osmj.core.policy.ConnectionLimits;
import io.osmj.core.policy.EgressRule;
import io.osmj.core.policy.HttpMatch;
import io.osmj.core.policy.IngressRule;
import io.osmj.core.policy.LimitRule;
import io.osmj.core.policy.Rate;
import io.osmj.core.policy.RateLimits;
import io.osmj.core.policy.RetryPolicy;
import io.osmj.core.policy.RetryRule;
import io.osmj.core.policy.SplitRule;
import io.osmj.core.policy.TcpAllowance;
import io.osmj.core.problem.ObjectRef;
import io.osmj.core.problem.Outcome;
import io.osmj.core.problem.Problem;
import io.osmj.core.service.DialledAddress;
import io.osmj.core.service.ServicePort;
import io.osmj.core.settings.MeshSettings;
import io.osmj.core.settings.SidecarSettings;
import io.osmj.core.state.ClusterState;
import io.osmj.core.state.EndpointState;
import io.osmj.core.state.ObjectKey;
import io.osmj.core.state.PodState;
import io.osmj.core.state.ServiceState;
import io.osmj.core.state.StatePatch;
import io.osmj.xds.render.SecretRenderer;
import io.osmj.xds.resource.EnvoyResource;
import io.osmj.xds.resource.ResourceSet;
import io.osmj.xds.serve.ResourceSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** A publication with a state that the test writes and a clock that it moves; no threads. */
final class TestWorld implements PublicationObserver {
    static final PodState POD_A = pod("a", "10.0.0.1");
    static final PodState POD_B = pod("b", "10.0.0.2");

    private static final long MILLI = 1_000_000;

    boolean issuerFails;

    /** The account for which alone nothing is issued, and how often something is asked for each. */
    String unlucky = "";

    final Map<String, Integer> issues = new HashMap<>();
    int mostConnections;

    /** What was said to be wrong, each time that it was something else. */
    final List<List<Problem>> reports = new ArrayList<>();

    private final Set<Record> seen = new LinkedHashSet<>();
    private final IdentityHashMap<Told, Seat> seats = new IdentityHashMap<>();
    private final Map<SpiffeId, Integer> renewals = new HashMap<>();
    private final Set<Record> unseen = new HashSet<>();
    private boolean whole = true;
    private boolean known;
    private boolean permissive;
    private boolean egress;
    private long now;
    private final Publication publication =
            new Publication(TrustDomain.CLUSTER_LOCAL, this::look, this::secrets, this, () -> now, Pace.DEFAULT);

    /** What a stream was told. */
    static final class Told implements ResourceSource.Watcher {
        final List<ResourceSet> sets = new ArrayList<>();
        String end = "";
        long answered;

        ResourceSet last() {
            return sets.getLast();
        }

        @Override
        public void changed(ResourceSet resources, long ticket) {
            sets.add(resources);
            answered = ticket;
        }

        @Override
        public void gone(String reason) {
            end = "gone: " + reason;
        }

        @Override
        public void notReady(String reason) {
            end = "not ready: " + reason;
        }
    }

    static PodState pod(String account, String address) {
        ServiceAccount named = new ServiceAccount("ns", account);
        return new PodState("ns", "pod-" + account, "uid-" + account, address, named, true, false, List.of(), false);
    }

    /** The objects of a small mesh, each as its arrival: a and b may call each other. */
    List<Runnable> arrivals() {
        List<Record> objects = List.of(
                POD_A,
                POD_B,
                new ServiceState("ns", "a", List.of("10.9.0.1"), List.of(new ServiceState.Port("http", 80, ""))),
                new ServiceState("ns", "b", List.of("10.9.0.2"), List.of(new ServiceState.Port("tcp-x", 90, ""))),
                new ServiceState("ns", "c", List.of(), List.of(new ServiceState.Port("http", 80, ""))),
                new EndpointState("ns", "a", "http", "10.0.0.1", 8080, "pod-a"),
                new EndpointState("ns", "b", "tcp-x", "10.0.0.2", 9090, "pod-b"),
                new EndpointState("ns", "c", "http", "10.0.0.2", 8081, "pod-b"),
                rule("a", "b"),
                rule("b", "a"));
        return objects.stream().<Runnable>map(object -> () -> arrive(object)).toList();
    }

    private static AllowRule rule(String destination, String source) {
        return new AllowRule(
                new ObjectRef("TrafficTarget", "ns", destination),
                new ServiceAccount("ns", destination),
                List.of(new ServiceAccount("ns", source)),
                List.of(HttpMatch.ANY),
                new TcpAllowance.AnyPort());
    }

    /** An Egress lets an account out to a host. */
    void egress(String account, String host) {
        ObjectRef ref = new ObjectRef("Egress", "ns", account);
        seen.removeIf(
                object -> object instanceof EgressRule rule && rule.origin().equals(ref));
        arrive(new EgressRule(
                ref,
                List.of(new ServiceAccount("ns", account)),
                List.of(host),
                List.of(),
                List.of(new EgressRule.Port(443, EgressRule.By.TLS_NAME)),
                List.of()));
    }

    /** Requests of an account to the service of another one are tried again, so often. */
    void retry(String account, String service, int retries) {
        ObjectRef ref = new ObjectRef("Retry", "ns", account);
        seen.removeIf(
                object -> object instanceof RetryRule rule && rule.origin().equals(ref));
        arrive(new RetryRule(
                ref,
                "",
                new ServiceAccount("ns", account),
                List.of(new RetryRule.Service("ns", service)),
                new RetryPolicy(List.of("5xx"), Duration.ZERO, retries, Duration.ofMillis(25))));
    }

    /** A proxy opens so many connections to a service and no more. */
    void limit(String service, int connections) {
        limit(service, connections, RateLimits.NONE);
    }

    /** A pod takes so many new connections a minute for a service and no more. */
    void rate(String service, int connections) {
        limit(
                service,
                ConnectionLimits.UNLIMITED,
                new RateLimits(new Rate(connections, Rate.Unit.MINUTE, 0), List.of()));
    }

    private void limit(String service, long connections, RateLimits rates) {
        ObjectRef ref = new ObjectRef("UpstreamTrafficSetting", "ns", service);
        seen.removeIf(
                object -> object instanceof LimitRule rule && rule.origin().equals(ref));
        ConnectionLimits none = ConnectionLimits.NONE;
        arrive(new LimitRule(
                ref,
                "",
                service,
                new ConnectionLimits(
                        connections,
                        none.connectTimeout(),
                        none.maxRequests(),
                        none.maxRequestsPerConnection(),
                        none.maxPendingRequests(),
                        none.maxRetries()),
                rates));
    }

    /** These pods and no others are there. */
    void pods(PodState... pods) {
        all(PodState.class).forEach(this::unseen);
        List.of(pods).forEach(this::unseen);
        seen.removeIf(PodState.class::isInstance);
        seen.addAll(List.of(pods));
        changed();
    }

    void arrive(Record object) {
        seen.add(object);
        unseen(object);
        changed();
    }

    /** One of the objects is gone, if there are so many. */
    void forget(int index) {
        List<Record> all = List.copyOf(seen);
        if (index < all.size()) {
            seen.remove(all.get(index));
            unseen(all.get(index));
            changed();
        }
    }

    void permissive(boolean mode) {
        permissive = mode;
        changed();
    }

    /** Whether all may reach what is outside the mesh. */
    void egress(boolean open) {
        egress = open;
        changed();
    }

    /** Whatever was not looked at yet, and the rest too. */
    void everythingIsUnseen() {
        whole = true;
        changed();
    }

    private void unseen(Record object) {
        unseen.add(
                switch (object) {
                    case PodState pod -> new ObjectKey(pod.namespace(), pod.name());
                    case ServiceState service -> new ObjectKey(service.namespace(), service.name());
                    case EndpointState endpoint -> new ObjectKey(endpoint.namespace(), endpoint.service());
                    case AllowRule rule -> rule.origin();
                    case EgressRule rule -> rule.origin();
                    case RetryRule rule -> rule.origin();
                    case LimitRule rule -> rule.origin();
                    default -> throw new IllegalArgumentException(object.toString());
                });
    }

    private void changed() {
        known = true;
        publication.changed();
    }

    void renew(ServiceAccount account) {
        renewals.merge(account.in(TrustDomain.CLUSTER_LOCAL), 1, Integer::sum);
        publication.secretsChanged(account);
    }

    /** Lets time pass, waking the publication whenever it asked to be. */
    void after(int millis) {
        long end = now + millis * MILLI;
        while (publication.due() <= end) {
            now = Math.max(now, publication.due());
            publication.work();
        }
        now = end;
    }

    /** Does only what is due next, which may be a part of a round. */
    void next() {
        now = Math.max(now, publication.due());
        publication.work();
    }

    Told join(String account) {
        return join(new ProxyIdentity(new ServiceAccount("ns", account), "pod-" + account, "uid-" + account));
    }

    Told join(ProxyIdentity proxy) {
        Told told = new Told();
        Seat seat = new Seat(proxy, told, now);
        seats.put(told, seat);
        publication.join(seat);
        return told;
    }

    /** The proxy asks for an address. */
    void ask(Told told, long ticket, String address, int port) {
        publication.asked(
                requireNonNull(seats.get(told)),
                ticket,
                new Question(Set.of(new DialledAddress(address, port)), Set.of()));
    }

    /** The proxy asks for a service by name. */
    void ask(Told told, long ticket, ServicePort service) {
        publication.asked(requireNonNull(seats.get(told)), ticket, new Question(Set.of(), Set.of(service)));
    }

    /** The stream says that it does not need these any more. Gives what is kept of what it asked for. */
    Question forget(Told told, String... names) {
        Seat seat = requireNonNull(seats.get(told));
        publication.forget(seat, Set.of(names));
        return seat.asked();
    }

    /** What a control plane tells these streams that starts now, sees what there is, and is asked at once all they ever asked. */
    IdentityHashMap<Told, Told> restarted(Collection<Told> streams) {
        TestWorld world = new TestWorld();
        world.seen.addAll(seen);
        world.permissive = permissive;
        world.egress = egress;
        world.renewals.putAll(renewals);
        world.changed();
        world.after(1000);
        IdentityHashMap<Told, Told> anew = new IdentityHashMap<>();
        streams.forEach(told -> anew.put(told, world.join(requireNonNull(seats.get(told)).proxy)));
        anew.forEach((before, now) -> world.publication.asked(
                requireNonNull(world.seats.get(now)),
                1,
                requireNonNull(seats.get(before)).asked()));
        world.after(1000);
        return anew;
    }

    /** The proxy's stream ends. */
    void leave(Told told) {
        publication.leave(requireNonNull(seats.remove(told)));
    }

    /** What is kept of what was rendered. */
    Rendering rendered() {
        return publication.rendering();
    }

    /** A look at what was not looked at yet: in parts, but for the first time. */
    private Optional<Outcome<StatePatch>> look() {
        if (!known) {
            return Optional.empty();
        }
        StatePatch all = StatePatch.whole(state());
        StatePatch patch = whole
                ? all
                : new StatePatch(
                        false,
                        all.settings(),
                        only(ObjectKey.class, key -> all.pods().getOrDefault(key, Optional.empty())),
                        only(ObjectKey.class, key -> all.services().getOrDefault(key, Optional.empty())),
                        only(ObjectKey.class, key -> all.endpoints().getOrDefault(key, List.of())),
                        only(ObjectRef.class, ref -> all.rules().getOrDefault(ref, Optional.empty())),
                        only(ObjectRef.class, ref -> all.splits().getOrDefault(ref, Optional.empty())),
                        only(ObjectRef.class, ref -> all.ingress().getOrDefault(ref, Optional.empty())),
                        only(ObjectRef.class, ref -> all.egress().getOrDefault(ref, Optional.empty())),
                        only(ObjectRef.class, ref -> all.retries().getOrDefault(ref, Optional.empty())),
                        only(ObjectRef.class, ref -> all.limits().getOrDefault(ref, Optional.empty())));
        unseen.clear();
        whole = false;
        return Optional.of(Outcome.of(patch));
    }

    private <K, V> Map<K, V> only(Class<K> type, Function<K, V> now) {
        return unseen.stream().filter(type::isInstance).map(type::cast).collect(toMap(key -> key, now));
    }

    private ClusterState state() {
        MeshSettings base = MeshSettings.WITHOUT_MESH_CONFIG;
        SidecarSettings sidecar = SidecarSettings.DEFAULT;
        MeshSettings settings = new MeshSettings(
                new MeshSettings.Traffic(permissive, egress, true, Interception.EVERYTHING),
                new SidecarSettings(
                        sidecar.logLevel(),
                        sidecar.envoyImage(),
                        sidecar.initContainerImage(),
                        sidecar.privilegedInitContainer(),
                        sidecar.resources(),
                        sidecar.podIpMode(),
                        mostConnections,
                        sidecar.tls()),
                base.certificate(),
                base.observability(),
                true);
        return new ClusterState(
                TrustDomain.CLUSTER_LOCAL,
                settings,
                all(PodState.class),
                all(ServiceState.class),
                all(EndpointState.class),
                all(AllowRule.class),
                all(SplitRule.class),
                all(IngressRule.class),
                all(EgressRule.class),
                all(RetryRule.class),
                all(LimitRule.class));
    }

    private <T> List<T> all(Class<T> type) {
        return seen.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private List<EnvoyResource> secrets(SpiffeId identity) {
        String account = identity.uri().substring(identity.uri().lastIndexOf('/') + 1);
        issues.merge(account, 1, Integer::sum);
        if (issuerFails || account.equals(unlucky)) {
            throw new IllegalStateException("nothing is issued now");
        }
        return List.of(SecretRenderer.certificate(identity.uri() + renewals.getOrDefault(identity, 0), "key"));
    }

    @Override
    public void problems(List<Problem> problems) {
        reports.add(problems);
    }

    @Override
    public void settings(MeshSettings settings) {}

    @Override
    public void published(Duration took, int proxies) {}

    @Override
    public void turnedAway() {}
}
