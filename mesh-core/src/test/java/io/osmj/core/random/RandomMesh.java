package io.osmj.core.random;

import static java.util.stream.Collectors.toMap;

import io.osmj.core.identity.TrustDomain;
import io.osmj.core.policy.AllowRule;
import io.osmj.core.policy.EgressRule;
import io.osmj.core.policy.IngressRule;
import io.osmj.core.policy.LimitRule;
import io.osmj.core.policy.RetryRule;
import io.osmj.core.policy.SplitRule;
import io.osmj.core.problem.ObjectRef;
import io.osmj.core.service.DialledAddress;
import io.osmj.core.service.ServicePort;
import io.osmj.core.settings.MeshSettings;
import io.osmj.core.state.ClusterState;
import io.osmj.core.state.EndpointState;
import io.osmj.core.state.ObjectKey;
import io.osmj.core.state.PodState;
import io.osmj.core.state.ServiceState;
import io.osmj.core.state.StatePatch;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;

/** A small mesh in which things come, change and go at random, and which remembers what was not looked at yet. */
public final class RandomMesh {
    private final Kind<ObjectKey, PodState> pods = new Kind<>();
    private final Kind<ObjectKey, ServiceState> services = new Kind<>();
    private final Kind<ObjectKey, List<EndpointState>> endpoints = new Kind<>();
    private final Kind<ObjectRef, AllowRule> rules = new Kind<>();
    private final Kind<ObjectRef, SplitRule> splits = new Kind<>();
    private final Kind<ObjectRef, IngressRule> ingress = new Kind<>();
    private final Kind<ObjectRef, EgressRule> egress = new Kind<>();
    private final Kind<ObjectRef, RetryRule> retries = new Kind<>();
    private final Kind<ObjectRef, LimitRule> limits = new Kind<>();
    private final Random random;
    private final RandomNames names;
    private final RandomObjects objects;
    private final RandomRules who;
    private final RandomBounds howMuch;
    private MeshSettings settings = MeshSettings.WITHOUT_MESH_CONFIG;
    private boolean settingsUnseen = true;
    private boolean everythingUnseen = true;

    /** Nothing is there yet. */
    public RandomMesh(Random random) {
        this.random = random;
        this.names = new RandomNames(random);
        this.objects = new RandomObjects(random);
        this.who = new RandomRules(random);
        this.howMuch = new RandomBounds(random);
    }

    /** Something happens: most often to an endpoint or a pod, seldom to the whole mesh. */
    public void step() {
        switch (random.nextInt(38)) {
            case 0, 1, 2, 3, 4 -> change(pods, names.pod(), objects::pod);
            case 5, 6, 7 -> change(services, names.service(), objects::service);
            case 8, 9, 10, 11, 12 ->
                change(endpoints, names.service(), service -> objects.endpoints(service, pods::find));
            case 13, 14, 15, 16, 17 -> change(rules, names.policy("TrafficTarget", 8), who::allow);
            case 18, 19, 20, 21 -> change(splits, names.policy("TrafficSplit", 4), who::split);
            case 22, 23, 24, 25 -> change(ingress, names.policy("IngressBackend", 4), who::ingress);
            case 26, 27 -> change(egress, names.policy("Egress", 4), who::egress);
            case 28, 29, 30, 31 -> change(limits, names.policy("UpstreamTrafficSetting", 5), howMuch::limit);
            case 32 -> everythingUnseen = true;
            case 33 -> set(objects.settings(settings));
            default -> change(retries, names.policy("Retry", 4), howMuch::retry);
        }
    }

    private <K extends Comparable<K>, V> void change(Kind<K, V> kind, K key, Function<K, V> made) {
        if (random.nextInt(3) == 0) {
            kind.remove(key);
        } else {
            kind.put(key, made.apply(key));
        }
    }

    private void set(MeshSettings now) {
        settings = now;
        settingsUnseen = true;
    }

    /** The pods that are there. */
    public List<PodState> pods() {
        return pods.all();
    }

    /** A pod as one may come or have been; it may just not be there. */
    public PodState possiblePod() {
        return objects.pod(names.pod());
    }

    /** Every port that a service may have here. */
    public static List<ServicePort> ports() {
        return RandomNames.ports();
    }

    /** Wherever a pod that is known or a service may listen. */
    public static List<DialledAddress> addresses() {
        return RandomNames.addresses();
    }

    /** All there is, looked at or not. */
    public ClusterState state() {
        return new ClusterState(
                TrustDomain.CLUSTER_LOCAL,
                settings,
                pods.all(),
                services.all(),
                endpoints.all().stream().flatMap(List::stream).toList(),
                rules.all(),
                splits.all(),
                ingress.all(),
                egress.all(),
                retries.all(),
                limits.all());
    }

    /** A look at what was not looked at yet. */
    public StatePatch look() {
        StatePatch patch = everythingUnseen ? StatePatch.whole(state()) : part();
        Stream.of(pods, services, endpoints, rules, splits, ingress, egress, retries, limits)
                .forEach(Kind::seen);
        settingsUnseen = false;
        everythingUnseen = false;
        return patch;
    }

    /** The last look was not taken in. */
    public void everythingIsUnseen() {
        everythingUnseen = true;
    }

    private StatePatch part() {
        return new StatePatch(
                false,
                settingsUnseen ? Optional.of(settings) : Optional.empty(),
                pods.changed(),
                services.changed(),
                listed(endpoints.changed()),
                rules.changed(),
                splits.changed(),
                ingress.changed(),
                egress.changed(),
                retries.changed(),
                limits.changed());
    }

    private static Map<ObjectKey, List<EndpointState>> listed(Map<ObjectKey, Optional<List<EndpointState>>> changed) {
        return changed.entrySet().stream()
                .collect(toMap(Map.Entry::getKey, entry -> entry.getValue().orElse(List.of())));
    }
}
