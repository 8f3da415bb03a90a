package io.osmj.controlplane.publish;

import static java.util.stream.Collectors.toMap;

import io.osmj.core.identity.ProxyIdentity;
import io.osmj.core.identity.ServiceAccount;
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
import io.osmj.core.settings.MeshSettings;
import io.osmj.core.settings.SidecarSettings;
import io.osmj.core.state.ClusterState;
import io.osmj.core.state.EndpointState;
import io.osmj.core.state.ObjectKey;
import io.osmj.core.state.PodState;
import io.osmj.core.state.ServiceState;
import io.osmj.core.state.StatePatch;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** A publication of a state that the test writes. */
final class TestWorld extends TestPublication {
    static final PodState POD_A = pod("a", "10.0.0.1");
    static final PodState POD_B = pod("b", "10.0.0.2");

    int mostConnections;

    private final Set<Record> seen = new LinkedHashSet<>();
    private final Set<Record> unseen = new HashSet<>();
    private boolean whole = true;
    private boolean tears;
    private boolean known;
    private boolean permissive;
    private boolean egress;

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

    /** The next look is not taken in, or not all of it. */
    void tear() {
        tears = true;
    }

    @Override
    void failed() {
        whole = true;
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

    @Override
    void changed() {
        known = true;
        super.changed();
    }

    Told join(String account) {
        return join(new ProxyIdentity(new ServiceAccount("ns", account), "pod-" + account, "uid-" + account));
    }

    /** A look at what was not looked at yet: in parts, but for the first time. */
    @Override
    Optional<Outcome<StatePatch>> look() {
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
        boolean torn = tears;
        tears = false;
        return Optional.of(Outcome.of(torn ? TornPatch.of(patch) : patch));
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
}
