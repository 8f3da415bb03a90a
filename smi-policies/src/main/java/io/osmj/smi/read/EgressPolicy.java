package io.osmj.smi.read;

import io.osmj.core.identity.ServiceAccount;
import io.osmj.core.intercept.Cidr;
import io.osmj.core.policy.EgressRule;
import io.osmj.core.problem.ObjectRef;
import java.util.List;

/**
 * An Egress of {@code policy.openservicemesh.io/v1alpha1}: these accounts may reach those destinations outside the mesh.
 *
 * @param ref the object
 * @param sources who may
 * @param hosts lower-case DNS names
 * @param ranges addresses; none means any
 * @param ports each with what it goes by
 * @param groups the route groups that narrow requests; none means every request
 */
public record EgressPolicy(
        ObjectRef ref,
        List<ServiceAccount> sources,
        List<String> hosts,
        List<Cidr> ranges,
        List<EgressRule.Port> ports,
        List<Group> groups) {
    public EgressPolicy {
        sources = List.copyOf(sources);
        hosts = List.copyOf(hosts);
        ranges = List.copyOf(ranges);
        ports = List.copyOf(ports);
        groups = List.copyOf(groups);
    }

    /**
     * An HTTPRouteGroup in the policy's own namespace, all of whose matches count.
     *
     * @param field where the policy names it
     * @param ref the group
     */
    public record Group(String field, ObjectRef ref) {}
}
