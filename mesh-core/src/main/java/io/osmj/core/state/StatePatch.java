package io.osmj.core.state;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import io.osmj.core.policy.AllowRule;
import io.osmj.core.policy.EgressRule;
import io.osmj.core.policy.IngressRule;
import io.osmj.core.policy.LimitRule;
import io.osmj.core.policy.RetryRule;
import io.osmj.core.policy.SplitRule;
import io.osmj.core.problem.ObjectRef;
import io.osmj.core.settings.MeshSettings;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What is there now of the things that were looked at since the last patch. It says how things are and not how they came to be
 * so, which is why patches may leave out what lies between and may say a thing twice.
 *
 * @param whole whether everything was looked at, so that what is not named here is gone
 * @param settings the mesh-wide settings; empty when they were not looked at
 * @param pods each with what it is now; empty when it is gone
 * @param services each with what it is now; empty when it is gone
 * @param endpoints the ready endpoints of a service, by the service; none when there are none any more
 * @param rules by the object they came from; empty when the object gives no rule any more
 * @param splits the split rules likewise
 * @param ingress the ingress rules likewise
 * @param egress the egress rules likewise
 * @param retries the retry rules likewise
 * @param limits the limit rules likewise
 */
public record StatePatch(
        boolean whole,
        Optional<MeshSettings> settings,
        Map<ObjectKey, Optional<PodState>> pods,
        Map<ObjectKey, Optional<ServiceState>> services,
        Map<ObjectKey, List<EndpointState>> endpoints,
        Map<ObjectRef, Optional<AllowRule>> rules,
        Map<ObjectRef, Optional<SplitRule>> splits,
        Map<ObjectRef, Optional<IngressRule>> ingress,
        Map<ObjectRef, Optional<EgressRule>> egress,
        Map<ObjectRef, Optional<RetryRule>> retries,
        Map<ObjectRef, Optional<LimitRule>> limits) {

    /** The patch that makes of any state this one. */
    public static StatePatch whole(ClusterState state) {
        return new StatePatch(
                true,
                Optional.of(state.settings()),
                present(state.pods(), pod -> new ObjectKey(pod.namespace(), pod.name())),
                present(state.services(), service -> new ObjectKey(service.namespace(), service.name())),
                state.endpoints().stream().collect(groupingBy(seen -> new ObjectKey(seen.namespace(), seen.service()))),
                present(state.rules(), AllowRule::origin),
                present(state.splits(), SplitRule::origin),
                present(state.ingress(), IngressRule::origin),
                present(state.egress(), EgressRule::origin),
                present(state.retries(), RetryRule::origin),
                present(state.limits(), LimitRule::origin));
    }

    private static <K, V> Map<K, Optional<V>> present(Collection<V> values, Function<V, K> key) {
        return values.stream().collect(toMap(key, Optional::of, (_, second) -> second));
    }

    /** Whether nothing was looked at. */
    public boolean empty() {
        return !whole
                && settings.isEmpty()
                && pods.isEmpty()
                && services.isEmpty()
                && endpoints.isEmpty()
                && rules.isEmpty()
                && splits.isEmpty()
                && ingress.isEmpty()
                && egress.isEmpty()
                && retries.isEmpty()
                && limits.isEmpty();
    }
}
