package io.osmj.xds.serve;

import io.osmj.core.identity.ProxyIdentity;
import io.osmj.xds.resource.CertificateVersion;
import io.osmj.xds.resource.ResourceSet;
import io.osmj.xds.resource.ResourceType;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;

/**
 * One stream as a state machine: requests and resource sets go in, responses come out. It knows no gRPC, no thread
 * and no clock; the caller keeps it to one thread and brings the time, in nanoseconds of one monotonic clock.
 *
 * <p>Nothing is queued. What is to be sent is worked out when it can be sent, from the latest set and from what the client
 * has, so a client that does not read costs no more than its last set.
 */
final class StreamState {
    /** To look a name up in the mesh costs as much as to look at so many that are known here. */
    private static final int LOOK_UP = 10;

    private final Accusations accusations;
    private final Subscriptions types;
    private final Conduct conduct;
    private final Grudges grudges = new Grudges();
    private final Demands demands;
    private final Turns turns;
    private final Footprint footprint;
    private boolean known;

    /**
     * A stream on which nothing has happened.
     *
     * @param conduct of the proxy on all its streams
     * @param wake called, from any thread, when {@link #next} may have something because of another stream of the proxy
     */
    StreamState(
            ProxyIdentity proxy,
            Protocol protocol,
            StreamLimits limits,
            NackListener listener,
            Conduct conduct,
            Runnable wake) {
        this.accusations = new Accusations(proxy, listener, conduct);
        this.types = new Subscriptions(protocol, limits);
        this.conduct = conduct;
        this.demands = new Demands(limits.demand(), types);
        this.footprint = new Footprint(types, demands.room().names(), conduct);
        this.turns = new Turns(types, protocol, conduct, limits.acknowledgement(), wake);
    }

    /**
     * The client is to have this. Until the first call nothing is answered: an empty answer would take away what it has.
     *
     * @param answered the highest ticket of {@link #demands} that is taken into account
     */
    void resources(ResourceSet resources, long answered) {
        known = true;
        types.forEach((type, subscription) -> {
            accusations.settled(type, subscription.want(resources.of(type), answered));
            if (type.wildcard()) {
                Absentees absentees = subscription.absentees();
                demands.keep(type, absentees.leaving()).ifPresent(absentees::hold);
            }
        });
        demands.answered(answered);
    }

    /** Gives what the request refuses; empty if it refuses nothing that is still open. */
    Optional<Nack> request(DeltaRequest request, long now) {
        turns.asked(now);
        TypeSubscription subscription = types.of(request.type());
        Optional<Nack> nack = request.refusal().flatMap(text -> refused(subscription, request, text, now));
        if (request.refusal().isEmpty()) {
            subscription.verdicts().accepted(request.nonce()).ifPresent(accepted -> accepted(request.type(), accepted));
        }
        if (request.type().wildcard()) {
            demands.room()
                    .make(
                            request.type(),
                            request.subscribe(),
                            subscription.memory().room(request));
        }
        accusations.settled(request.type(), subscription.subscribe(request, isRunning()));
        if (subscription.firstRequest()) {
            conduct.refusedLately(request.type(), now).forEach(resource -> remember(request.type(), resource));
        }
        if (request.type().wildcard()) {
            demands.room().heard(request.type(), request.subscribe(), request.unsubscribe());
            demands.ask(request.type(), subscription.absent(request), now).ifPresent(demand -> {
                subscription.absentees().hold(demand);
                conduct.worked((long) demand.names().size() * LOOK_UP, now);
            });
        }
        subscription.claims().done();
        turns.answered(now);
        footprint.countWithin();
        return nack;
    }

    /** Envoy asks for listeners when it has all its clusters; before, it forgets endpoints that it has not asked for. */
    private boolean isRunning() {
        return types.of(ResourceType.LISTENER).asked();
    }

    private void remember(ResourceType type, Conduct.Refused resource) {
        if (types.of(type).verdicts().refusedBefore(resource.name(), resource.version())) {
            grudges.bear(type, resource);
            var _ = accusations.refused(type, List.of(resource.name()), resource.text());
        }
    }

    /** What the source is to be asked now: names that the client asked for and is not to have so far. Given once. */
    List<Demand> demands(long now) {
        return demands.take(now);
    }

    /** What the source need not remember any longer. Given once, and told before what it is asked. */
    Map<ResourceType, NavigableSet<String>> forgotten() {
        return demands.room().names().forgotten().take();
    }

    /** What the client has given up, there or not. Given once, and told before what the source is asked. */
    Map<ResourceType, NavigableSet<String>> released() {
        return demands.room().names().released().take();
    }

    /** Certificates of an earlier stream that the client was let keep. Given once. */
    List<CertificateVersion> spared() {
        return types.of(ResourceType.SECRET).claims().takeSpared();
    }

    private void accepted(ResourceType type, Verdicts.Accepted accepted) {
        if (accepted.something()) {
            conduct.accepted(type);
        }
        accusations.settled(type, accepted.settled());
    }

    private Optional<Nack> refused(TypeSubscription subscription, DeltaRequest request, String text, long now) {
        return subscription.verdicts().refused(request.nonce(), text).map(refused -> {
            conduct.refused(request.type(), now);
            if (refused.names().size() == 1) {
                refused.versions()
                        .forEach((name, version) ->
                                conduct.refused(request.type(), new Conduct.Refused(name, version, text, now)));
            }
            return accusations.refused(request.type(), refused.names(), text);
        });
    }

    /** The next response to send, or empty if there is none now. To be sent before anything else is done here. */
    Optional<DeltaAnswer> next(long now) {
        grudges.forgive(
                now, (type, resource) -> types.of(type).verdicts().forgive(resource.name(), resource.version()));
        return known ? turns.next(now) : Optional.empty();
    }

    /** Nanoseconds after which {@link #next} or {@link #demands} may have something although nothing has come in. */
    long delay(long now) {
        return Math.min(Math.min(demands.delay(now), grudges.delay(now)), turns.delay(now));
    }

    /** The stream is over: what it refused is of no interest any more. */
    void end() {
        types.forEach((type, subscription) ->
                accusations.settled(type, subscription.verdicts().end()));
        footprint.end();
        turns.end();
    }
}
