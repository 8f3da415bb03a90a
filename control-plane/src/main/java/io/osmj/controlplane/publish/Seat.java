package io.osmj.controlplane.publish;

import io.osmj.core.identity.ProxyIdentity;
import io.osmj.core.plan.ProxyPlan;
import io.osmj.core.problem.Problem;
import io.osmj.xds.resource.EnvoyResource;
import io.osmj.xds.resource.ResourceSet;
import io.osmj.xds.serve.ResourceSource;
import java.time.Duration;
import java.util.List;

/** One stream of one proxy, and what it was told last. Belongs to the publisher's thread. */
final class Seat {
    final ProxyIdentity proxy;
    final ResourceSource.Watcher watcher;
    final long since;
    State state = new Waiting();
    List<Problem> problems = List.of();

    /** The highest ticket of what the proxy asked for by name. */
    long answered;

    Seat(ProxyIdentity proxy, ResourceSource.Watcher watcher, long since) {
        this.proxy = proxy;
        this.watcher = watcher;
        this.since = since;
    }

    /** Answers what the proxy asked for by name: it has all there is for it. */
    void answer(long ticket) {
        answered = ticket;
        if (state instanceof Served served) {
            watcher.changed(served.resources(), ticket);
        }
    }

    /** Ends the stream for good: this proxy is not to be served. */
    void dismiss(String reason) {
        state = new Dismissed();
        problems = List.of();
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

    /** It has what this plan and these secrets come to. */
    record Served(ProxyPlan plan, List<EnvoyResource> secrets, ResourceSet resources) implements State {
        boolean equalTo(ProxyPlan otherPlan, List<EnvoyResource> otherSecrets) {
            return plan.equals(otherPlan) && secrets.equals(otherSecrets);
        }
    }

    /** Its stream was told to end; it leaves by itself. */
    record Dismissed() implements State {}
}
