package io.osmj.core.state;

import io.osmj.core.identity.TrustDomain;
import io.osmj.core.policy.AllowRule;
import io.osmj.core.policy.EgressRule;
import io.osmj.core.policy.IngressRule;
import io.osmj.core.policy.LimitRule;
import io.osmj.core.policy.RetryRule;
import io.osmj.core.policy.SplitRule;
import io.osmj.core.settings.MeshSettings;
import java.util.Collection;
import java.util.List;

/**
 * All that was seen of the namespaces of one mesh at one moment.
 *
 * @param trustDomain the mesh's trust domain
 * @param settings the mesh-wide settings
 * @param pods sorted
 * @param services sorted
 * @param endpoints ready endpoints, sorted
 * @param rules allow rules, sorted
 * @param splits split rules, sorted
 * @param ingress ingress rules, sorted
 * @param egress egress rules, sorted
 * @param retries retry rules, sorted
 * @param limits limit rules, sorted
 */
public record ClusterState(
        TrustDomain trustDomain,
        MeshSettings settings,
        List<PodState> pods,
        List<ServiceState> services,
        List<EndpointState> endpoints,
        List<AllowRule> rules,
        List<SplitRule> splits,
        List<IngressRule> ingress,
        List<EgressRule> egress,
        List<RetryRule> retries,
        List<LimitRule> limits) {
    public ClusterState {
        pods = sorted(pods);
        services = sorted(services);
        endpoints = sorted(endpoints);
        rules = sorted(rules);
        splits = sorted(splits);
        ingress = sorted(ingress);
        egress = sorted(egress);
        retries = sorted(retries);
        limits = sorted(limits);
    }

    private static <T extends Comparable<T>> List<T> sorted(Collection<T> values) {
        return values.stream().sorted().distinct().toList();
    }
}
