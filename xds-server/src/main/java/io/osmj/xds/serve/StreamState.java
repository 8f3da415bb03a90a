package io.osmj.xds.serve;

import io.osmj.core.identity.ProxyIdentity;
import io.osmj.xds.resource.CertificateVersion;
import io.osmj.xds.resource.ResourceSet;
import io.osmj.xds.resource.ResourceType;
import java.util.ArrayList;
import java.util.List;
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
    private final ProxyIdentity proxy;
    private final NackListener listener;
    private final Subscriptions types;
    private final NackBudget budget;
    private final Demands demands;
    private final Turns turns;
    private boolean known;

    StreamState(ProxyIdentity proxy, Protocol protocol, StreamLimits limits, NackListener listener) {
        this.proxy = proxy;
        this.listener = listener;
        this.types = new Subscriptions(protocol, limits);
        this.budget = new NackBudget(limits.nacksPerMinute());
        this.demands = new Demands(limits.demand());
        this.turns = new Turns(types, protocol, budget, limits.acknowledgement());
    }

    /**
     * The client is to have this. Until the first call nothing is answered: an empty answer would take away what it has.
     *
     * @param answered the highest ticket of {@link #demands} that is taken into account
     */
    void resources(ResourceSet resources, long answered) {
        known = true;
        types.forEach((type, subscription) -> {
            settled(type, subscription.want(resources.of(type), answered));
            if (type.wildcard()) {
                Absentees absentees = subscription.absentees();
                demands.keep(type, absentees.leaving()).ifPresent(absentees::hold);
            }
        });
        demands.answered(answered, (type, name) -> types.of(type).has(name));
    }

    void request(DeltaRequest request, long now) {
        turns.asked(now);
        TypeSubscription subscription = types.of(request.type());
        if (request.refusal().isPresent()) {
            refused(subscription, request, now);
        } else {
            settled(request.type(), subscription.accepted(request.nonce()));
        }
        settled(request.type(), subscription.subscribe(request));
        if (request.type().wildcard()) {
            demands.ask(request.type(), subscription.absent(request), now).ifPresent(subscription.absentees()::hold);
        }
    }

    /** What the source is to be asked now: names that the client asked for and is not to have so far. Given once. */
    List<Demand> demands(long now) {
        return demands.take(now);
    }

    /** Certificates of an earlier stream that the client was let keep. Given once. */
    List<CertificateVersion> spared() {
        return types.of(ResourceType.SECRET).takeSpared();
    }

    private void refused(TypeSubscription subscription, DeltaRequest request, long now) {
        String text = request.refusal().orElse("");
        subscription.refused(request.nonce(), text).ifPresent(names -> {
            budget.refused(now);
            listener.refused(new Nack(proxy, request.type(), new ArrayList<>(names), text));
        });
    }

    private void settled(ResourceType type, NavigableSet<String> names) {
        names.forEach(name -> listener.settled(proxy, type, name));
    }

    /** The next response to send, or empty if there is none now. To be sent before anything else is done here. */
    Optional<DeltaAnswer> next(long now) {
        return known ? turns.next(now) : Optional.empty();
    }

    /** Nanoseconds after which {@link #next} or {@link #demands} may have something although nothing has come in. */
    long delay(long now) {
        return Math.min(demands.delay(now), turns.delay(now));
    }

    /** The stream is over: what it refused is of no interest any more. */
    void end() {
        types.forEach((type, subscription) -> settled(type, subscription.end()));
    }
}
