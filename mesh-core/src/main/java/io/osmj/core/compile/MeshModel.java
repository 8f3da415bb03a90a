package io.osmj.core.compile;

import io.osmj.core.identity.TrustDomain;
import io.osmj.core.policy.AllowRule;
import io.osmj.core.policy.EgressRule;
import io.osmj.core.policy.LimitRule;
import io.osmj.core.policy.RetryRule;
import io.osmj.core.policy.SplitRule;
import io.osmj.core.service.MeshService;
import io.osmj.core.settings.MeshSettings;
import io.osmj.core.state.PodState;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the mesh decided: its services, its pods, and who may call whom.
 *
 * @param trustDomain the mesh's trust domain
 * @param settings the mesh-wide settings
 * @param services every port of every service, sorted
 * @param pods the meshed pods by UID
 * @param rules the allow rules, sorted; they bind in strict mode only
 * @param splits the split rules that hold, sorted; at most one for each service
 * @param egress the egress rules, sorted; they bind while mesh-wide egress is closed
 * @param retries the retry rules, sorted; they take effect where the settings say so
 * @param limits the limit rules that hold, sorted by their service; at most one for each
 */
public record MeshModel(
        TrustDomain trustDomain,
        MeshSettings settings,
        List<MeshService> services,
        Map<String, PodState> pods,
        List<AllowRule> rules,
        List<SplitRule> splits,
        List<EgressRule> egress,
        List<RetryRule> retries,
        List<LimitRule> limits) {
    public MeshModel {
        services = List.copyOf(services);
        pods = Collections.unmodifiableMap(new TreeMap<>(pods));
        rules = List.copyOf(rules);
        splits = List.copyOf(splits);
        egress = List.copyOf(egress);
        retries = List.copyOf(retries);
        limits = List.copyOf(limits);
    }
}
