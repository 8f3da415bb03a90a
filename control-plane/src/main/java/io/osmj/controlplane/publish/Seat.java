package io.osmj.controlplane.publish;

import io.osmj.core.identity.ProxyIdentity;
import io.osmj.core.plan.Destination;
import io.osmj.core.plan.ProxyPlan;
import io.osmj.core.state.ObjectKey;
import io.osmj.xds.render.DestinationName;
import io.osmj.xds.resource.ResourceSet;
import io.osmj.xds.resource.ResourceType;
import io.osmj.xds.serve.ResourceSource;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** One stream of one proxy, and what it was told last. Belongs to the publisher's thread. */
final class Seat {
    final ProxyIdentity proxy;
    final ResourceSource.Watcher watcher;
    final long since;
    State state = new Waiting();

    /** Whether it has all that it is to have by the mesh as it is now, so that an answer needs only to be added. */
    boolean current;

    /** Whether what it is to have could not be made when that was tried last. */
    boolean failed;

    /** What it was answered since its plan was made; the plan is without them. By identity, as in {@link Rendering}. */
    final Set<Destination> answers = Collections.newSetFromMap(new IdentityHashMap<>());

    private final Asked asked = Asked.none();
    private long ticket;

    Seat(ProxyIdentity proxy, ResourceSource.Watcher watcher, long since) {
        this.proxy = proxy;
        this.watcher = watcher;
        this.since = since;
    }

    /** The proxy asks for these; they are kept until there are too many, because a proxy never stops to ask. */
    void ask(Asked others) {
        asked.add(others);
    }

    /** It does not ask by these names any more. Gives what it asks for by no other name; that is kept no longer. */
    Asked forget(Asked others) {
        return asked.remove(others);
    }

    /** Whether it asks for any port of this service. */
    boolean asksFor(ObjectKey service) {
        return asked.concerns(service);
    }

    /** Whether it has what it asks for by this name, or the same address by the other name. */
    boolean has(String name) {
        return state instanceof Served served
                && (served.has(name)
                        || DestinationName.asked(name)
                                .filter(asked -> served.has(
                                        new DestinationName(!asked.http(), asked.address(), asked.port()).toString()))
                                .isPresent());
    }

    /** What it is told from now on answers all its questions up to this one. */
    void ticket(long number) {
        ticket = number;
    }

    Asked asked() {
        return asked;
    }

    void tell(ResourceSet resources) {
        watcher.changed(resources, ticket);
    }

    /** Ends the stream for good: this proxy is not to be served. */
    void dismiss(String reason) {
        state = new Dismissed();
        watcher.gone(reason);
    }

    /** Ends the stream for now: the proxy tries again. */
    void postpone(String reason) {
        state = new Dismissed();
        watcher.notReady(reason);
    }

    ConnectedProxy view(long now) {
        int resources = state instanceof Served served ? served.resources().size() : 0;
        return new ConnectedProxy(proxy, Duration.ofNanos(now - since), resources > 0, resources);
    }

    /** How far it is served. */
    sealed interface State {}

    /** It was told nothing yet. */
    record Waiting() implements State {}

    /** It has what this plan and these secrets come to, and what it was answered since. */
    record Served(ProxyPlan plan, ResourceSet resources) implements State {
        private boolean has(String name) {
            return resources.of(ResourceType.CLUSTER).containsKey(name)
                    || resources.of(ResourceType.LISTENER).containsKey(name);
        }
    }

    /** Its stream was told to end; it leaves by itself. */
    record Dismissed() implements State {}
}
