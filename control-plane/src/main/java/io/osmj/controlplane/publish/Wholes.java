package io.osmj.controlplane.publish;

import io.osmj.core.plan.ProxyPlan;
import io.osmj.xds.resource.EnvoyResource;
import io.osmj.xds.resource.ResourceSet;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the plans come to that streams have. A plan is here from the moment a stream has it until the last one has another: a proxy
 * that asks for one address after the other must leave nothing behind.
 */
final class Wholes {
    /** By identity, because all who have the same plan have the same instance, and equality costs its destinations. */
    private final IdentityHashMap<ProxyPlan, Whole> byPlan = new IdentityHashMap<>();

    private record Whole(List<EnvoyResource> secrets, ResourceSet resources, int streams) {}

    /** What the plan comes to with these secrets, if a stream has it. */
    Optional<ResourceSet> of(ProxyPlan plan, List<EnvoyResource> secrets) {
        return Optional.ofNullable(byPlan.get(plan))
                .filter(whole -> whole.secrets().equals(secrets))
                .map(Whole::resources);
    }

    /** One stream more has the plan. */
    void take(ProxyPlan plan, List<EnvoyResource> secrets, ResourceSet resources) {
        byPlan.merge(
                plan,
                new Whole(secrets, resources, 1),
                (before, now) -> new Whole(secrets, resources, before.streams() + 1));
    }

    /** One stream less has it. */
    void leave(ProxyPlan plan) {
        byPlan.computeIfPresent(
                plan,
                (_, whole) -> whole.streams() == 1
                        ? null
                        : new Whole(whole.secrets(), whole.resources(), whole.streams() - 1));
    }

    /** The plans that streams have, each once. */
    Set<ProxyPlan> plans() {
        return Collections.unmodifiableSet(byPlan.keySet());
    }
}
