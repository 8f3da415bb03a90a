package io.osmj.core.plan;

import io.osmj.core.identity.ServiceAccount;
import io.osmj.core.identity.TrustDomain;
import io.osmj.core.intercept.Cidr;
import io.osmj.core.intercept.Interception;
import io.osmj.core.policy.AllowRule;
import io.osmj.core.policy.ConnectionLimits;
import io.osmj.core.policy.EgressRule;
import io.osmj.core.policy.HttpMatch;
import io.osmj.core.policy.IngressProtocol;
import io.osmj.core.policy.IngressRule;
import io.osmj.core.policy.LimitRule;
import io.osmj.core.policy.Rate;
import io.osmj.core.policy.RateLimits;
import io.osmj.core.policy.RequestLimit;
import io.osmj.core.policy.RetryPolicy;
import io.osmj.core.policy.RetryRule;
import io.osmj.core.policy.SplitRule;
import io.osmj.core.policy.TcpAllowance;
import io.osmj.core.problem.ObjectRef;
import io.osmj.core.service.ServicePort;
import io.osmj.core.settings.AccessLog;
import io.osmj.core.settings.MeshSettings;
import io.osmj.core.state.ClusterState;
import io.osmj.core.state.EndpointState;
import io.osmj.core.state.ObjectKey;
import io.osmj.core.state.PodState;
import io.osmj.core.state.ServiceState;
import io.osmj.core.state.StatePatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A small mesh in which things come, change and go at random, and which remembers what was not looked at yet. */
final class RandomMesh {
    private static final String NAMESPACE = "ns";

    /** Of the last service and the last pods. Whose address a slice lists is not asked. */
    private static final String ANOTHER_NAMESPACE = "other";

    private static final int SERVICES = 6;
    private static final int PODS = 12;
    private static final List<String> PROTOCOLS = List.of("http", "http", "http", "tcp", "grpc", "https");

    final Map<ObjectKey, PodState> pods = new TreeMap<>();
    private final Map<ObjectKey, ServiceState> services = new TreeMap<>();
    private final Map<ObjectKey, List<EndpointState>> endpoints = new TreeMap<>();
    private final Map<ObjectRef, AllowRule> rules = new TreeMap<>();
    private final Map<ObjectRef, SplitRule> splits = new TreeMap<>();
    private final Map<ObjectRef, IngressRule> ingress = new TreeMap<>();
    private final Map<ObjectRef, EgressRule> egress = new TreeMap<>();
    private final Map<ObjectRef, RetryRule> retries = new TreeMap<>();
    private final Map<ObjectRef, LimitRule> limits = new TreeMap<>();
    private final Set<Object> unseen = new HashSet<>();
    private final Random random;
    private MeshSettings settings = MeshSettings.WITHOUT_MESH_CONFIG;
    private boolean settingsUnseen = true;
    private boolean everythingUnseen = true;

    RandomMesh(Random random) {
        this.random = random;
    }

    /** Something happens: most often to an endpoint or a pod, seldom to the whole mesh. */
    void step() {
        switch (random.nextInt(38)) {
            case 0, 1, 2, 3, 4 -> pod();
            case 5, 6, 7 -> service();
            case 8, 9, 10, 11, 12 -> endpoints();
            case 13, 14, 15, 16, 17 -> rule();
            case 18, 19, 20, 21 -> split();
            case 22, 23, 24, 25 -> ingress();
            case 26, 27 -> egress();
            case 28, 29, 30, 31 -> limits();
            case 32 -> everythingUnseen = true;
            case 33 -> settings();
            default -> retry();
        }
    }

    private void pod() {
        ObjectKey key = randomPod();
        unseen.add(key);
        if (random.nextInt(3) == 0) {
            pods.remove(key);
        } else {
            pods.put(
                    key,
                    new PodState(
                            key.namespace(),
                            key.name(),
                            key.name() + "-" + random.nextInt(2),
                            "10.244.0." + random.nextInt(8),
                            account(key.namespace()),
                            random.nextInt(4) > 0,
                            random.nextInt(4) == 0,
                            random.nextInt(4) == 0 ? List.of(8081) : List.of(),
                            random.nextInt(8) == 0));
        }
    }

    /** Every port that a service may have here. */
    static List<ServicePort> ports() {
        return IntStream.range(0, SERVICES)
                .mapToObj(RandomMesh::service)
                .flatMap(service -> Stream.of(
                        new ServicePort(service.namespace(), service.name(), 80),
                        new ServicePort(service.namespace(), service.name(), 81)))
                .toList();
    }

    private void service() {
        ObjectKey key = randomService();
        unseen.add(key);
        if (random.nextInt(4) == 0) {
            services.remove(key);
            return;
        }
        List<ServiceState.Port> ports = new ArrayList<>();
        for (int port = 0; port <= random.nextInt(2); port++) {
            ports.add(new ServiceState.Port("p" + port, 80 + port, PROTOCOLS.get(random.nextInt(PROTOCOLS.size()))));
        }
        boolean headless = random.nextInt(3) == 0;
        services.put(
                key,
                new ServiceState(
                        key.namespace(),
                        key.name(),
                        headless ? List.of() : List.of("10.96.0." + key.name().charAt(4)),
                        ports));
    }

    private void endpoints() {
        ObjectKey service = randomService();
        unseen.add(service);
        List<EndpointState> ready = new ArrayList<>();
        for (int count = random.nextInt(4); count > 0; count--) {
            ObjectKey pod = randomPod();
            PodState seen = pods.get(pod);
            String address = seen == null ? "10.244.1." + random.nextInt(4) : seen.address();
            int port = random.nextInt(2);
            String name = random.nextInt(6) == 0 ? "" : pod.name();
            ready.add(new EndpointState(service.namespace(), service.name(), "p" + port, address, 8080 + port, name));
        }
        endpoints.put(service, ready);
    }

    private void rule() {
        ObjectRef ref = new ObjectRef("TrafficTarget", NAMESPACE, "target-" + random.nextInt(8));
        unseen.add(ref);
        if (random.nextInt(3) == 0) {
            rules.remove(ref);
        } else {
            rules.put(
                    ref,
                    new AllowRule(
                            ref,
                            account(),
                            random.nextInt(5) == 0 ? List.of() : List.of(account(), account()),
                            switch (random.nextInt(4)) {
                                case 0 -> List.of();
                                case 1 -> List.of(new HttpMatch("/path", List.of(), Map.of()));
                                default -> List.of(HttpMatch.ANY);
                            },
                            random.nextBoolean() ? new TcpAllowance.AnyPort() : new TcpAllowance.Ports(List.of(8080))));
        }
    }

    private void split() {
        ObjectRef ref = new ObjectRef("TrafficSplit", NAMESPACE, "split-" + random.nextInt(4));
        unseen.add(ref);
        if (random.nextInt(3) == 0) {
            splits.remove(ref);
            return;
        }
        List<SplitRule.Backend> backends = new ArrayList<>();
        for (int backend = 0; backend <= random.nextInt(4); backend++) {
            backends.add(new SplitRule.Backend("svc-" + (random.nextInt(3) + 3 * backend % 7), random.nextInt(3)));
        }
        splits.put(ref, new SplitRule(ref, "svc-" + random.nextInt(4), backends));
    }

    private void ingress() {
        ObjectRef ref = new ObjectRef("IngressBackend", NAMESPACE, "ingress-" + random.nextInt(4));
        unseen.add(ref);
        if (random.nextInt(3) == 0) {
            ingress.remove(ref);
            return;
        }
        IngressProtocol[] protocols = IngressProtocol.values();
        List<IngressRule.Backend> backends = new ArrayList<>();
        for (int backend = 0; backend <= random.nextInt(3); backend++) {
            backends.add(new IngressRule.Backend(
                    "svc-" + random.nextInt(6),
                    8080 + random.nextInt(2),
                    protocols[random.nextInt(protocols.length)],
                    List.of()));
        }
        List<IngressRule.Source> sources = new ArrayList<>();
        for (int source = 0; source <= random.nextInt(3); source++) {
            sources.add(
                    switch (random.nextInt(4)) {
                        case 0 -> new IngressRule.Range(new Cidr(random.nextInt(), 8 * random.nextInt(5)));
                        case 1 -> new IngressRule.Client("account-" + random.nextInt(4) + ".ns.cluster.local");
                        default -> new IngressRule.Endpoints(NAMESPACE, "svc-" + random.nextInt(6));
                    });
        }
        ingress.put(ref, new IngressRule(ref, backends, sources));
    }

    /** On ports and in ranges of the mesh, too, where the mesh's own word has to come first. */
    private void egress() {
        ObjectRef ref = new ObjectRef("Egress", NAMESPACE, "egress-" + random.nextInt(4));
        unseen.add(ref);
        if (random.nextInt(3) == 0) {
            egress.remove(ref);
            return;
        }
        List<Cidr> ranges = List.of(new Cidr(10 << 24, 8), new Cidr(203 << 24 | random.nextInt(1 << 16), 24));
        egress.put(
                ref,
                new EgressRule(
                        ref,
                        random.nextInt(5) == 0 ? List.of() : List.of(account(), account()),
                        List.of("a.example.com", "b.example.com").subList(0, random.nextInt(3)),
                        ranges.subList(0, random.nextInt(3)),
                        Stream.of(EgressRule.By.values())
                                .filter(_ -> random.nextBoolean())
                                .map(by -> new EgressRule.Port(80 + random.nextInt(3), by))
                                .toList(),
                        random.nextInt(4) == 0 ? List.of() : List.of(HttpMatch.ANY)));
    }

    /** Of services that are not there, too, and several of one age for the same calls. */
    private void retry() {
        ObjectRef ref = new ObjectRef("Retry", NAMESPACE, "retry-" + random.nextInt(4));
        unseen.add(ref);
        if (random.nextInt(3) == 0) {
            retries.remove(ref);
            return;
        }
        retries.put(
                ref,
                new RetryRule(
                        ref,
                        "2026-01-0" + (1 + random.nextInt(3)) + "T00:00:00Z",
                        account(),
                        Stream.generate(this::randomService)
                                .limit(random.nextInt(4))
                                .map(key -> new RetryRule.Service(key.namespace(), key.name()))
                                .toList(),
                        new RetryPolicy(
                                List.of("5xx"), Duration.ofSeconds(1), random.nextInt(3), Duration.ofMillis(25))));
    }

    /** Often several for one service, of which the oldest counts. */
    private void limits() {
        ObjectRef ref = new ObjectRef("UpstreamTrafficSetting", NAMESPACE, "limits-" + random.nextInt(5));
        unseen.add(ref);
        if (random.nextInt(3) == 0) {
            limits.remove(ref);
            return;
        }
        long most = random.nextBoolean() ? ConnectionLimits.UNLIMITED : random.nextInt(3);
        limits.put(
                ref,
                new LimitRule(
                        ref,
                        "2026-01-0" + (1 + random.nextInt(3)),
                        "svc-" + random.nextInt(6),
                        new ConnectionLimits(
                                most,
                                ConnectionLimits.NONE.connectTimeout(),
                                ConnectionLimits.UNLIMITED,
                                ConnectionLimits.UNLIMITED,
                                ConnectionLimits.UNLIMITED,
                                ConnectionLimits.UNLIMITED),
                        random.nextInt(3) == 0 ? RateLimits.NONE : rates()));
    }

    private RateLimits rates() {
        return new RateLimits(
                random.nextBoolean() ? Rate.UNLIMITED : new Rate(1 + random.nextInt(2), Rate.Unit.MINUTE, 0),
                Stream.of(random.nextBoolean() ? "/path" : "/p.*", "/pa.*", "")
                        .filter(_ -> random.nextBoolean())
                        .map(path -> new RequestLimit(path, new Rate(1, Rate.Unit.SECOND, 1), 429, List.of()))
                        .toList());
    }

    private void settings() {
        settingsUnseen = true;
        settings = new MeshSettings(
                new MeshSettings.Traffic(
                        random.nextInt(4) == 0, random.nextInt(4) == 0, random.nextBoolean(), Interception.EVERYTHING),
                settings.sidecar(),
                settings.certificate(),
                new MeshSettings.Observability("info", random.nextBoolean() ? AccessLog.ALL : AccessLog.FAILURES),
                random.nextInt(4) > 0);
    }

    private ObjectKey randomPod() {
        int number = random.nextInt(PODS);
        return new ObjectKey(number < PODS - 2 ? NAMESPACE : ANOTHER_NAMESPACE, "pod-" + number);
    }

    private ObjectKey randomService() {
        return service(random.nextInt(SERVICES));
    }

    private static ObjectKey service(int number) {
        return new ObjectKey(number < SERVICES - 1 ? NAMESPACE : ANOTHER_NAMESPACE, "svc-" + number);
    }

    private ServiceAccount account() {
        return account(random.nextInt(6) == 0 ? ANOTHER_NAMESPACE : NAMESPACE);
    }

    private ServiceAccount account(String namespace) {
        return new ServiceAccount(namespace, "account-" + random.nextInt(4));
    }

    ClusterState state() {
        return new ClusterState(
                TrustDomain.CLUSTER_LOCAL,
                settings,
                List.copyOf(pods.values()),
                List.copyOf(services.values()),
                endpoints.values().stream().flatMap(List::stream).toList(),
                List.copyOf(rules.values()),
                List.copyOf(splits.values()),
                List.copyOf(ingress.values()),
                List.copyOf(egress.values()),
                List.copyOf(retries.values()),
                List.copyOf(limits.values()));
    }

    /** A look at what was not looked at yet. */
    StatePatch look() {
        StatePatch patch = everythingUnseen ? StatePatch.whole(state()) : part();
        unseen.clear();
        settingsUnseen = false;
        everythingUnseen = false;
        return patch;
    }

    private StatePatch part() {
        return new StatePatch(
                false,
                settingsUnseen ? Optional.of(settings) : Optional.empty(),
                seen(ObjectKey.class, "pod", key -> Optional.ofNullable(pods.get(key))),
                seen(ObjectKey.class, "svc", key -> Optional.ofNullable(services.get(key))),
                seen(ObjectKey.class, "svc", key -> endpoints.getOrDefault(key, List.of())),
                seen(ObjectRef.class, "target", ref -> Optional.ofNullable(rules.get(ref))),
                seen(ObjectRef.class, "split", ref -> Optional.ofNullable(splits.get(ref))),
                seen(ObjectRef.class, "ingress", ref -> Optional.ofNullable(ingress.get(ref))),
                seen(ObjectRef.class, "egress", ref -> Optional.ofNullable(egress.get(ref))),
                seen(ObjectRef.class, "retry", ref -> Optional.ofNullable(retries.get(ref))),
                seen(ObjectRef.class, "limits", ref -> Optional.ofNullable(limits.get(ref))));
    }

    private <K, V> Map<K, V> seen(Class<K> type, String kind, Function<K, V> now) {
        return unseen.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .filter(key -> key.toString().contains(kind))
                .collect(Collectors.toMap(key -> key, now));
    }
}
