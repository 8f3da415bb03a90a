package io.osmj.core.compile;

import io.osmj.core.identity.ServiceAccount;
import io.osmj.core.identity.TrustDomain;
import io.osmj.core.policy.AllowRule;
import io.osmj.core.policy.EgressRule;
import io.osmj.core.policy.SplitRule;
import io.osmj.core.problem.ObjectRef;
import io.osmj.core.problem.Problem;
import io.osmj.core.service.Claim;
import io.osmj.core.service.MeshService;
import io.osmj.core.service.ServicePort;
import io.osmj.core.settings.MeshSettings;
import io.osmj.core.state.ClusterState;
import io.osmj.core.state.ObjectKey;
import io.osmj.core.state.PodState;
import io.osmj.core.state.StatePatch;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
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
    private final ServiceIndex services = new ServiceIndex(pods);
    private final SplitIndex splits = new SplitIndex();
    private final ClaimIndex claims = new ClaimIndex();
    private final RuleIndex rules = new RuleIndex();
    private final EgressIndex egress = new EgressIndex();
    private final RetriedTraffic retries = new RetriedTraffic(claims, splits::last);
    private final LimitedTraffic limits = new LimitedTraffic(claims, rules, pods, splits::last);
    private final IngressTraffic ingress;
    private final Recency recency = new Recency();
    private boolean seen;

    /** The index of a mesh of which nothing was seen yet: strict, and nobody may do anything. */
    public MeshIndex(TrustDomain trustDomain) {
        this.trustDomain = trustDomain;
        this.ingress = new IngressTraffic(trustDomain, services, claims, pods);
    }

    /** The index of a state that does not change. */
    public static MeshIndex of(ClusterState state) {
        MeshIndex index = new MeshIndex(state.trustDomain());
        index.apply(StatePatch.whole(state));
        return index;
    }

    /** Takes over how things are now, and tells who may be concerned: by the first patch, everybody. */
    public Touched apply(StatePatch patch) {
        Touched touched = new Touched();
        boolean settingsChanged =
                patch.settings().filter(now -> !now.equals(settings)).isPresent();
        if (settingsChanged) {
            settings = patch.settings().orElseThrow();
            touched.all();
        }
        boolean accountsNamed = rules.take(patch.rules(), patch.whole(), touched);
        accountsNamed |= egress.take(patch.egress(), patch.whole(), touched);
        accountsNamed |= retries.take(patch.retries(), patch.whole(), touched);
        if (accountsNamed) {
            accounts.rulesChanged();
        }
        PodIndex.Difference moved = pods.take(patch.pods(), patch.whole(), touched);
        ServiceIndex.Difference joined = services.take(patch, moved);
        Set<ObjectKey> stale = new HashSet<>(joined.services());
        stale.addAll(splits.take(patch.splits(), patch.whole(), touched));
        splits.withThoseTheyAnswerFor(stale).forEach(service -> shareOut(service, touched));
        ingress.take(patch.ingress(), patch.whole(), joined.answered(), touched);
        limits.take(patch.limits(), patch.whole(), touched);
        if (claims.addresses().takeChanged()) {
            touched.all();
        }
        if (seen) {
            recency.changed(touched.policies(), settingsChanged);
        } else {
            touched.all();
        }
        seen = true;
        return touched;
    }

    private void shareOut(ObjectKey key, Touched touched) {
        List<MeshService> before = splits.last(key);
        List<MeshService> now = splits.shareOut(key, services::ports);
        if (!before.equals(now)) {
            ClaimIndex.Difference difference = claims.replace(before, now);
            difference.accounts().forEach(account -> touched.callers().addAll(rules.callers(account)));
            touched.addresses().addAll(difference.addresses());
            touched.services().add(key);
            difference.addresses().forEach(address -> touched.pods().addAll(pods.servedAt(address.address())));
            retries.changed(key, difference, touched);
        }
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

    /** The ports of a service, sorted. */
    public List<MeshService> services(ObjectKey service) {
        return splits.last(service);
    }

    /** A port of a service by its name. */
    public Optional<MeshService> service(ServicePort port) {
        return services(new ObjectKey(port.namespace(), port.service())).stream()
                .filter(service -> service.port() == port.port())
                .findFirst();
    }

    /** Where callers find the services. */
    public AddressIndex addresses() {
        return claims.addresses();
    }

    /**
     * What the services of a pod's own namespace say of each of its ports. Those of others do not say what is open there: who may
     * write slices in one namespace could list whatever pod of another.
     */
    public NavigableMap<Integer, Claim> portsOf(PodState pod) {
        return claims.at(pod.address(), pod.namespace());
    }

    /** The rules that let others call this account, sorted. They bind in strict mode only. */
    public List<AllowRule> rulesTo(ServiceAccount destination) {
        return rules.to(destination);
    }

    /** The accounts that the rules let this account call, sorted. */
    public List<ServiceAccount> callees(ServiceAccount caller) {
        return rules.callees(caller);
    }

    /** Who may come from outside the mesh. */
    public IngressTraffic ingress() {
        return ingress;
    }

    /** The rules that let this account leave the mesh, sorted. They bind while mesh-wide egress is closed. */
    public List<EgressRule> egressOf(ServiceAccount account) {
        return egress.of(account);
    }

    /** Whose requests are tried again. */
    public RetriedTraffic retries() {
        return retries;
    }

    /** How much callers allow themselves, and how much pods take. */
    public LimitedTraffic limits() {
        return limits;
    }

    /** The rule that shares out the calls of a service. */
    public Optional<SplitRule> split(ObjectKey service) {
        return splits.of(service);
    }

    /** When a policy changed last, compared with others; 0 when it is as it was found. */
    public long changed(ObjectRef policy) {
        return recency.of(policy);
    }

    /** When the mesh-wide settings changed last, compared with policies. */
    public long settingsChanged() {
        return recency.settings();
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
        return Stream.of(
                        claims.problems(),
                        splits.problems(),
                        accounts.problems(rules.unsorted(), egress.unsorted(), retries.unsorted()),
                        egress.problems(settings.traffic().egress()),
                        retries.problems(settings.retries()),
                        limits.problems(),
                        services.problems(),
                        ingress.problems())
                .flatMap(Collection::stream)
                .sorted()
                .distinct()
                .toList();
    }
}
