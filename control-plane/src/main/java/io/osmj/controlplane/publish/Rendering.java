package io.osmj.controlplane.publish;

import io.osmj.core.plan.ProxyPlan;
import io.osmj.xds.render.Renderer;
import io.osmj.xds.resource.EnvoyResource;
import io.osmj.xds.resource.ResourceSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Renders, and lets proxies of equal plans share one rendered set. */
final class Rendering {
    private final Map<Key, ResourceSet> shared = new HashMap<>();

    private record Key(ProxyPlan plan, List<EnvoyResource> secrets) {}

    ResourceSet of(ProxyPlan plan, List<EnvoyResource> secrets) {
        return shared.computeIfAbsent(new Key(plan, secrets), Rendering::render);
    }

    private static ResourceSet render(Key key) {
        List<EnvoyResource> resources = new ArrayList<>(Renderer.list(key.plan()));
        resources.addAll(key.secrets());
        return ResourceSet.of(resources);
    }

    /** Forgets what no proxy has any more. */
    void keep(Collection<ResourceSet> inUse) {
        Set<ResourceSet> same = Collections.newSetFromMap(new IdentityHashMap<>());
        same.addAll(inUse);
        shared.values().removeIf(set -> !same.contains(set));
    }
}
