package io.osmj.controlplane.publish;

import io.osmj.core.plan.Destination;
import io.osmj.core.plan.ProxyPlan;
import io.osmj.core.settings.SidecarSettings;
import io.osmj.xds.proxyless.ProxylessRenderer;
import io.osmj.xds.render.Renderer;
import io.osmj.xds.resource.EnvoyResource;
import io.osmj.xds.resource.ResourceSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Renders, and lets proxies share what is rendered: all of it by those that have one plan, which pods of a workload mostly do; a
 * destination by all that call it, and the rest by all pods of a workload.
 */
final class Rendering {
    private static final int SPARE = 1_024;

    private final Map<ProxyPlan, List<EnvoyResource>> frames = new HashMap<>();

    /** By identity, because all who have the same destination have the same instance, and equality costs its endpoints. */
    private final IdentityHashMap<Destination, Rendered> destinations = new IdentityHashMap<>();

    /** By identity for the same reason. */
    private final IdentityHashMap<ProxyPlan, Whole> wholes = new IdentityHashMap<>();

    private int kept;

    private record Whole(List<EnvoyResource> secrets, ResourceSet resources) {}

    private record Rendered(SidecarSettings.Tls tls, List<EnvoyResource> resources) {}

    ResourceSet of(ProxyPlan plan, List<EnvoyResource> secrets) {
        Whole whole = wholes.get(plan);
        if (whole == null || !whole.secrets().equals(secrets)) {
            whole = new Whole(secrets, make(plan, secrets));
            wholes.put(plan, whole);
        }
        return whole.resources();
    }

    private ResourceSet make(ProxyPlan plan, List<EnvoyResource> secrets) {
        List<EnvoyResource> resources =
                new ArrayList<>(frames.computeIfAbsent(plan.withoutDestinations(), Renderer::frame));
        plan.destinations().forEach(destination -> resources.addAll(of(destination, plan.tls())));
        plan.services().forEach(service -> resources.addAll(ProxylessRenderer.render(service)));
        resources.addAll(secrets);
        return ResourceSet.of(resources);
    }

    private List<EnvoyResource> of(Destination destination, SidecarSettings.Tls tls) {
        Rendered rendered = destinations.get(destination);
        if (rendered == null || !rendered.tls().equals(tls)) {
            rendered = new Rendered(tls, Renderer.destination(destination, tls));
            destinations.put(destination, rendered);
        }
        return rendered.resources();
    }

    /** Whether there may be much that no proxy has any more. */
    boolean full() {
        return size() > 2 * kept + SPARE;
    }

    private int size() {
        return wholes.size() + destinations.size() + frames.size();
    }

    /** Forgets what no proxy has any more. */
    void keep(Collection<ProxyPlan> inUse) {
        Set<ProxyPlan> plans = Collections.newSetFromMap(new IdentityHashMap<>());
        plans.addAll(inUse);
        wholes.keySet().removeIf(plan -> !plans.contains(plan));
        Set<ProxyPlan> framed = new HashSet<>();
        Set<Destination> same = Collections.newSetFromMap(new IdentityHashMap<>());
        plans.forEach(plan -> {
            framed.add(plan.withoutDestinations());
            same.addAll(plan.destinations());
        });
        frames.keySet().retainAll(framed);
        destinations.keySet().removeIf(destination -> !same.contains(destination));
        kept = size();
    }
}
