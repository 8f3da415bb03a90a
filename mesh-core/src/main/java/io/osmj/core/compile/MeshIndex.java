package io.osmj.core.compile;

import io.osmj.core.identity.ServiceAccount;
import io.osmj.core.identity.TrustDomain;
import io.osmj.core.intercept.Cidr;
import io.osmj.core.policy.AllowRule;
import io.osmj.core.policy.ConnectionLimits;
import io.osmj.core.policy.EgressRule;
import io.osmj.core.policy.Ingress;
import io.osmj.core.policy.RateLimits;
import io.osmj.core.policy.RetryRule;
import io.osmj.core.problem.Outcome;
import io.osmj.core.problem.Problem;
import io.osmj.core.service.Claim;
import io.osmj.core.service.DialledAddress;
import io.osmj.core.service.Endpoint;
import io.osmj.core.service.MeshService;
import io.osmj.core.service.ServicePort;
import io.osmj.core.settings.MeshSettings;
import io.osmj.core.state.ClusterState;
import io.osmj.core.state.EndpointState;
import io.osmj.core.state.ObjectKey;
import io.osmj.core.state.PodState;
import io.osmj.core.state.ServiceState;
import io.osmj.core.state.StatePatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The mesh as it is now: what was seen, joined, and found by whatever depends on it. It is kept current by patches; what it is
 * after them depends on how things are and not on the order in which they were seen. Belongs to one thread.
 */
public final class MeshIndex {
    private final TrustDomain trustDomain;
    private MeshSettings settings = MeshSettings.WITHOUT_MESH_CONFIG;
    private final AccountIndex accounts = new AccountIndex();
    private final PodIndex pods = new PodIndex(accounts);
    private final Table<ObjectKey, ServiceState> services = new Table<>();
    private final Table<ObjectKey, List<EndpointState>> endpoints = new Table<>();
    private final Map<ObjectKey, List<MeshService>> compiled = new HashMap<>();
    /** Of those services only with which something is wrong. */
    private final Map<ObjectKey, List<Problem>> faults = new HashMap<>();

    private final Map<ObjectKey, Set<ObjectKey>> servicesOfPod = new HashMap<>();
    private final Map<String, Set<ObjectKey>> servicesOfAddress = new HashMap<>();
    private final ClaimIndex claims = new ClaimIndex();
    private final RuleIndex rules = new RuleIndex();
    private final SplitIndex splits = new SplitIndex();
    private final IngressIndex ingress = new IngressIndex();
    private final EgressIndex egress = new EgressIndex();
    private final RetryIndex retries = new RetryIndex();
    private final LimitedTraffic limits = new LimitedTraffic(claims, rules, pods, splits::last);

    /** The index of a mesh of which nothing was seen yet: strict, and nobody may do anything. */
    public MeshIndex(TrustDomain trustDomain) {
        this.trustDomain = trustDomain;
    }

    /** The index of a state that does not change. */
    public static MeshIndex of(ClusterState state) {
        MeshIndex index = new MeshIndex(state.trustDomain());
        index.apply(StatePatch.whole(state));
        return index;
    }

    /** Takes over how things are now, and tells who may be concerned. */
    public Touched apply(StatePatch patch) {
        Touched touched = new Touched();
        patch.settings().filter(now -> !now.equals(settings)).ifPresent(now -> {
            settings = now;
            touched.all();
        });
        if (rules.take(patch.rules(), patch.whole(), touched)) {
            accounts.rulesChanged();
        }
        if (egress.take(patch.egress(), patch.whole(), touched)) {
            accounts.rulesChanged();
        }
        if (retries.take(patch.retries(), patch.whole(), touched)) {
            accounts.rulesChanged();
        }
        Set<ObjectKey> stale = new HashSet<>();
        PodIndex.Difference moved = pods.take(patch.pods(), patch.whole(), touched);
        moved.pods().forEach(pod -> stale.addAll(servicesOfPod.getOrDefault(pod, Set.of())));
        moved.addresses().forEach(address -> stale.addAll(servicesOfAddress.getOrDefault(address, Set.of())));
        stale.addAll(services.take(patch.services(), patch.whole()).keySet());
        Set<ObjectKey> answeredOtherwise = endpoints(patch);
        stale.addAll(answeredOtherwise);
        stale.forEach(this::recompile);
        stale.addAll(splits.take(patch.splits(), patch.whole()));
        splits.withThoseTheyAnswerFor(stale).forEach(service -> shareOut(service, touched));
        Set<ObjectKey> open = ingress.take(patch.ingress(), patch.whole());
        open.addAll(ingress.openTo(answeredOtherwise));
        open.forEach(service -> pods(service).forEach(pod -> touched.pods().addAll(pods.servedAt(pod.address()))));
        limits.take(patch.limits(), patch.whole(), touched);
        if (claims.reach().takeChanged()) {
            touched.all();
        }
        return touched;
    }

    private Set<ObjectKey> endpoints(StatePatch patch) {
        Map<ObjectKey, Optional<List<EndpointState>>> seen = new HashMap<>();
        patch.endpoints()
                .forEach((service, all) -> seen.put(
                        service,
                        Optional.of(all.stream().sorted().distinct().toList()).filter(some -> !some.isEmpty())));
        Map<ObjectKey, Optional<List<EndpointState>>> before = endpoints.take(seen, patch.whole());
        before.forEach((service, former) -> {
            former.ifPresent(all -> all.forEach(endpoint -> {
                withdraw(servicesOfPod, pod(endpoint), service);
                withdraw(servicesOfAddress, endpoint.address(), service);
            }));
            endpoints(service).forEach(endpoint -> {
                servicesOfPod
                        .computeIfAbsent(pod(endpoint), _ -> new HashSet<>())
                        .add(service);
                servicesOfAddress
                        .computeIfAbsent(endpoint.address(), _ -> new HashSet<>())
                        .add(service);
            });
        });
        return before.keySet();
    }

    private static <K> void withdraw(Map<K, Set<ObjectKey>> index, K key, ObjectKey service) {
        index.computeIfPresent(key, (_, own) -> {
            own.remove(service);
            return own.isEmpty() ? null : own;
        });
    }

    private static ObjectKey pod(EndpointState endpoint) {
        return new ObjectKey(endpoint.namespace(), endpoint.pod());
    }

    private void recompile(ObjectKey key) {
        Outcome<List<MeshService>> now = services.find(key)
                .map(service -> ServiceCompiler.compile(service, endpoints(key), pods))
                .orElse(Outcome.of(List.of()));
        if (services.find(key).isPresent()) {
            compiled.put(key, now.value());
        } else {
            compiled.remove(key);
        }
        if (now.problems().isEmpty()) {
            faults.remove(key);
        } else {
            faults.put(key, now.problems());
        }
    }

    private void shareOut(ObjectKey key, Touched touched) {
        List<MeshService> before = splits.last(key);
        List<MeshService> now = splits.shareOut(key, service -> compiled.getOrDefault(service, List.of()));
        if (!before.equals(now)) {
            ClaimIndex.Difference difference = claims.replace(before, now);
            difference.accounts().forEach(account -> touched.callers().addAll(rules.callers(account)));
            touched.addresses().addAll(difference.addresses());
            touched.services().add(key);
            difference.addresses().forEach(address -> touched.pods().addAll(pods.servedAt(address.address())));
            retryOtherwise(key, difference, touched);
        }
    }

    /** What one service says of an address may be what another one speaks there. */
    private void retryOtherwise(ObjectKey key, ClaimIndex.Difference difference, Touched touched) {
        if (!retries.isEmpty()) {
            retries.changed(key, touched);
            difference
                    .addresses()
                    .forEach(address -> claims.services(address).forEach(service -> retries.changed(service, touched)));
        }
    }

    private Stream<Endpoint> pods(ObjectKey service) {
        return compiled.getOrDefault(service, List.of()).stream().flatMap(port -> port.endpoints().stream());
    }

    /** The mesh's trust domain. */
    public TrustDomain trustDomain() {
        return trustDomain;
    }

    /** The mesh-wide settings. */
    public MeshSettings settings() {
        return settings;
    }

    /** The pod with this UID, if the mesh has a configuration for it. */
    public Optional<PodState> pod(String uid) {
        return pods.served(uid);
    }

    /** A port of a service by its name. */
    public Optional<MeshService> service(ServicePort port) {
        return splits.last(new ObjectKey(port.namespace(), port.service())).stream()
                .filter(service -> service.port() == port.port())
                .findFirst();
    }

    /** What stands behind an address and port of the mesh. */
    public Optional<Claim> at(DialledAddress address) {
        return claims.at(address);
    }

    /**
     * What the services of a pod's own namespace say of each of its ports. Those of others do not say what is open there: who may
     * write slices in one namespace could list whatever pod of another.
     */
    public NavigableMap<Integer, Claim> portsOf(PodState pod) {
        return claims.at(pod.address(), pod.namespace());
    }

    /** The addresses that lead to meshed pods of an account, sorted; those of single pods only where callers dial pods. */
    public List<DialledAddress> addressesOf(ServiceAccount account) {
        return claims.of(account);
    }

    /** All addresses of the mesh's services, sorted; those of single pods only where callers dial pods. */
    public List<DialledAddress> addresses() {
        return claims.all();
    }

    /** The rules that let others call this account, sorted. They bind in strict mode only. */
    public List<AllowRule> rulesTo(ServiceAccount destination) {
        return rules.to(destination);
    }

    /** The accounts that the rules let this account call, sorted. */
    public List<ServiceAccount> callees(ServiceAccount caller) {
        return rules.callees(caller);
    }

    /**
     * Who may come to a port of a pod from outside the mesh, sorted. Only objects of the pod's own namespace count: a service may say
     * of itself that others' pods answer for it.
     */
    public List<Ingress> ingressTo(PodState pod, int port) {
        if (ingress.all().isEmpty()) {
            return List.of();
        }
        return claims.services(new DialledAddress(pod.address(), port)).stream()
                .filter(service -> service.namespace().equals(pod.namespace()))
                .flatMap(service -> ingress.to(service).stream()
                        .map(rule -> new IngressCompiler(rule, trustDomain, this::endpoints))
                        .flatMap(rule -> rule.to(service.name(), port).stream()))
                .sorted()
                .toList();
    }

    private List<EndpointState> endpoints(ObjectKey service) {
        return endpoints.find(service).orElse(List.of());
    }

    /** The rules that let this account leave the mesh, sorted. They bind while mesh-wide egress is closed. */
    public List<EgressRule> egressOf(ServiceAccount account) {
        return egress.of(account);
    }

    /** The rules by which requests of this account are tried again, the first that counts first; if the settings say so. */
    public List<RetryRule> retriesOf(ServiceAccount account) {
        return retries.of(account);
    }

    /** The ports of a service, sorted. */
    public List<MeshService> services(ObjectKey service) {
        return splits.last(service);
    }

    /** What callers of a service allow themselves. */
    public ConnectionLimits limitsTo(MeshService.Identity service) {
        return limits.to(service);
    }

    /** How much a port of a pod takes. */
    public RateLimits ratesOf(PodState pod, int port) {
        return limits.of(pod, port);
    }

    /** Ranges of addresses in which the mesh's lie, sorted. */
    public List<Cidr> ranges() {
        return claims.reach().ranges();
    }

    /** Ports that speak HTTP wherever the mesh has them, sorted. */
    public List<Integer> httpPorts() {
        return claims.reach().httpPorts();
    }

    /** What was decided, as a value that can be compared and printed. */
    public MeshModel model() {
        return new MeshModel(
                trustDomain,
                settings,
                splits.all(),
                pods.served(),
                rules.all(),
                splits.holding(),
                egress.all(),
                retries.all(),
                limits.holding());
    }

    /** All that is wrong with what was joined, sorted. */
    public List<Problem> problems() {
        List<Problem> all = new ArrayList<>(claims.problems());
        all.addAll(splits.problems());
        all.addAll(accounts.problems(rules.unsorted(), egress.unsorted(), retries.unsorted()));
        all.addAll(egress.problems(settings.traffic().egress()));
        retries.unsorted().forEach(rule -> all.addAll(problems(rule)));
        all.addAll(limits.problems(settings.traffic().permissive()));
        faults.values().forEach(all::addAll);
        var around = new IngressCheck.Surroundings(
                trustDomain, this::endpoints, service -> compiled.getOrDefault(service, List.of()), this::at);
        ingress.all().forEach(rule -> all.addAll(IngressCheck.problems(rule, around)));
        return all.stream().sorted().distinct().toList();
    }

    private List<Problem> problems(RetryRule rule) {
        return settings.retries()
                ? RetryCheck.problems(rule, retries.of(rule.source()), this::services)
                : List.of(RetryCheck.switchedOff(rule));
    }
}
