package io.osmj.controlplane.publish;

import io.osmj.core.plan.Destination;
import io.osmj.core.plan.NamedService;
import io.osmj.core.plan.Planner;
import io.osmj.core.plan.ProxyPlan;
import io.osmj.core.settings.SidecarSettings;
import io.osmj.xds.proxyless.ProxylessRenderer;
import io.osmj.xds.render.Renderer;
import io.osmj.xds.resource.EnvoyResource;
import io.osmj.xds.resource.ResourceSet;
import java.util.ArrayList;
import java.util.Collection;
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

    private final Wholes wholes = new Wholes();
    private int kept;

    private record Rendered(SidecarSettings.Tls tls, List<EnvoyResource> resources) {}

    /** What the plans of streams that are open come to. */
    Wholes wholes() {
        return wholes;
    }

    /** All that a plan comes to. */
    ResourceSet of(ProxyPlan plan, List<EnvoyResource> secrets) {
        return wholes.of(plan, secrets).orElseGet(() -> make(plan, secrets));
    }

    private ResourceSet make(ProxyPlan plan, List<EnvoyResource> secrets) {
        List<EnvoyResource> resources =
                new ArrayList<>(frames.computeIfAbsent(plan.withoutDestinations(), Renderer::frame));
        resources.addAll(of(plan.destinations(), plan.services(), plan.tls()));
        resources.addAll(secrets);
        return ResourceSet.of(resources);
    }

    /** What an answer comes to for a proxy that has this plan. */
    List<EnvoyResource> of(Planner.Answer answer, ProxyPlan plan) {
        return of(answer.destinations(), answer.services(), plan.tls());
    }

    private List<EnvoyResource> of(
            List<Destination> destinations, List<NamedService> services, SidecarSettings.Tls tls) {
        List<EnvoyResource> resources = new ArrayList<>();
        destinations.forEach(destination -> resources.addAll(of(destination, tls)));
        services.forEach(service -> resources.addAll(ProxylessRenderer.render(service)));
        return resources;
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
        return parts() > 2 * kept + SPARE;
    }

    /** How many parts are kept that wholes are made of. */
    int parts() {
        return destinations.size() + frames.size();
    }

    /**
     * Forgets the parts that no proxy has any more.
     *
     * @param inUse what proxies have, by identity
     */
    void keep(Collection<ProxyPlan> plans, Set<Destination> inUse) {
        Set<ProxyPlan> framed = new HashSet<>();
        plans.forEach(plan -> framed.add(plan.withoutDestinations()));
        frames.keySet().retainAll(framed);
        destinations.keySet().removeIf(destination -> !inUse.contains(destination));
        kept = parts();
    }
}
