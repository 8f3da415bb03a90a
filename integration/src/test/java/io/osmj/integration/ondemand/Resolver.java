package io.osmj.integration.ondemand;

import io.osmj.core.identity.ProxyIdentity;
import io.osmj.core.identity.ServiceAccount;
import io.osmj.core.identity.TrustDomain;
import io.osmj.core.intercept.Capture;
import io.osmj.core.plan.Destination;
import io.osmj.core.plan.ProxyPlan;
import io.osmj.core.plan.Reach;
import io.osmj.core.settings.AccessLog;
import io.osmj.core.settings.SidecarSettings;
import io.osmj.xds.render.DestinationName;
import io.osmj.xds.render.Renderer;
import io.osmj.xds.resource.EnvoyResource;
import io.osmj.xds.resource.ResourceSet;
import io.osmj.xds.resource.ResourceType;
import io.osmj.xds.serve.ResourceSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The mesh as a test writes it. A proxy is told about the destinations that it asked for, and about no other. */
final class Resolver implements ResourceSource {
    private final Map<String, List<EnvoyResource>> destinations = new HashMap<>();
    private final Set<Seat> seats = new LinkedHashSet<>();
    private final List<String> asked = new ArrayList<>();
    private Reach reach;
    private AccessLog log = AccessLog.ALL;
    private List<EnvoyResource> frame;
    private Runnable whenAsked = () -> {};

    Resolver(Reach reach) {
        this.reach = reach;
        this.frame = frame();
    }

    /** Everything that proxies asked for by name, in order and as often as they asked. */
    synchronized List<String> asked() {
        return List.copyOf(asked);
    }

    /** This is done whenever a proxy has asked, before it is answered. */
    synchronized void whenAsked(Runnable task) {
        whenAsked = task;
    }

    synchronized void set(Destination... changed) {
        for (Destination destination : changed) {
            destinations.put(destination.key(), Renderer.destination(destination, SidecarSettings.Tls.DEFAULT));
        }
        seats.forEach(Seat::tell);
    }

    synchronized void remove(Destination destination) {
        destinations.remove(destination.key());
        seats.forEach(Seat::tell);
    }

    synchronized void set(Reach changed) {
        reach = changed;
        frame = frame();
        seats.forEach(Seat::tell);
    }

    synchronized void set(AccessLog changed) {
        log = changed;
        frame = frame();
        seats.forEach(Seat::tell);
    }

    /** What this plan says of connections from the pod before anything is known of a destination. */
    synchronized void set(ProxyPlan changed) {
        frame = Renderer.frame(new ProxyPlan(
                changed.identity(),
                changed.tls(),
                log,
                List.of(),
                changed.reach(),
                List.of(),
                List.of(),
                changed.retries(),
                changed.metrics(),
                changed.capture()));
        seats.forEach(Seat::tell);
    }

    @Override
    public synchronized Subscription subscribe(ProxyIdentity proxy, Watcher watcher) {
        Seat seat = new Seat(watcher);
        seats.add(seat);
        seat.tell();
        return seat;
    }

    private List<EnvoyResource> frame() {
        return Renderer.frame(new ProxyPlan(
                new ServiceAccount("shop", "web").in(TrustDomain.CLUSTER_LOCAL),
                SidecarSettings.Tls.DEFAULT,
                log,
                List.of(),
                reach,
                List.of(),
                List.of(),
                List.of(),
                false,
                Capture.REDIRECTED));
    }

    private final class Seat implements Subscription {
        private final Watcher watcher;
        private final Set<String> names = new TreeSet<>();
        private long ticket;

        Seat(Watcher watcher) {
            this.watcher = watcher;
        }

        @Override
        public void demand(long latest, ResourceType type, Set<String> wanted) {
            synchronized (Resolver.this) {
                asked.addAll(wanted);
                whenAsked.run();
                names.addAll(wanted);
                ticket = latest;
                tell();
            }
        }

        void tell() {
            Set<EnvoyResource> resources = new LinkedHashSet<>(frame);
            for (String name : names) {
                DestinationName.asked(name)
                        .map(asked -> destinations.get(asked.address() + ":" + asked.port()))
                        .ifPresent(resources::addAll);
            }
            watcher.changed(ResourceSet.of(resources), ticket);
        }

        @Override
        public void close() {
            synchronized (Resolver.this) {
                seats.remove(this);
            }
        }
    }
}
