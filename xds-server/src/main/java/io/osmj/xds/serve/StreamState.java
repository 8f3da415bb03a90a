package io.osmj.xds.serve;

import io.osmj.core.identity.ProxyIdentity;
import io.osmj.xds.resource.CertificateVersion;
import io.osmj.xds.resource.EnvoyResource;
import io.osmj.xds.resource.ResourceSet;
import io.osmj.xds.resource.ResourceType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;

/**
 * One stream as a state machine: requests and resource sets go in, responses come out. It knows no gRPC, no thread
 * and no clock; the caller keeps it to one thread and brings the time, in nanoseconds of one monotonic clock.
 *
 * <p>Nothing is queued. What is to be sent is worked out when it can be sent, from the latest set and from what the client
 * has, so a client that does not read costs no more than its last set.
 */
final class StreamState {
    /**
     * A client that comes back asks for one type after the other. Until it has asked for all of them it is not known what
     * it still uses, so nothing is taken away so early.
     */
    private static final long SETTLING = Duration.ofSeconds(1).toNanos();

    private final ProxyIdentity proxy;
    private final Protocol protocol;
    private final NackListener listener;
    private final Map<ResourceType, TypeSubscription> types = new EnumMap<>(ResourceType.class);
    private final NackBudget budget;
    private final Demands demands;
    private final Patience additions;
    private final Patience removals;
    private boolean known;
    private boolean asked;
    private long removalsFrom;
    private long responses;

    StreamState(ProxyIdentity proxy, Protocol protocol, StreamLimits limits, NackListener listener) {
        this.proxy = proxy;
        this.protocol = protocol;
        this.listener = listener;
        this.budget = new NackBudget(limits.nacksPerMinute());
        this.demands = new Demands(limits.demand());
        this.additions = new Patience(limits.acknowledgement());
        this.removals = new Patience(limits.acknowledgement());
        for (ResourceType type : ResourceType.values()) {
            // A whole that is cut takes away what did not fit.
            int most = toldAsWhole(type) ? Integer.MAX_VALUE : limits.maxResponseBytes();
            types.put(type, new TypeSubscription(type, limits, most));
        }
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
                demands.keep(type, subscription.leaving()).ifPresent(subscription::hold);
            }
        });
    }

    void request(DeltaRequest request, long now) {
        if (!asked) {
            asked = true;
            removalsFrom = now + SETTLING;
        }
        TypeSubscription subscription = of(request.type());
        if (request.refusal().isPresent()) {
            refused(subscription, request, now);
        } else {
            settled(request.type(), subscription.accepted(request.nonce()));
        }
        settled(request.type(), subscription.subscribe(request));
        if (request.type().wildcard()) {
            demands.ask(request.type(), subscription.absent(request), now).ifPresent(subscription::hold);
        }
    }

    /** What the source is to be asked now: names that the client asked for and is not to have so far. Given once. */
    List<Demand> demands(long now) {
        return demands.take(now);
    }

    /** Certificates of an earlier stream that the client was let keep. Given once. */
    List<CertificateVersion> spared() {
        return of(ResourceType.SECRET).takeSpared();
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
        if (!known) {
            return Optional.empty();
        }
        return nextOwed(now).or(() -> nextAddition(now)).or(() -> nextRemoval(now));
    }

    private Optional<DeltaAnswer> nextOwed(long now) {
        for (ResourceType type : PushOrder.additions()) {
            if (of(type).owes() && !paused(type, now) && !wholeMustWait(type)) {
                Optional<Content> content = of(type).takeOwed();
                if (content.isPresent()) {
                    return content.map(owed -> answer(type, owed));
                }
            }
        }
        return Optional.empty();
    }

    private Optional<DeltaAnswer> nextAddition(long now) {
        for (ResourceType type : PushOrder.additions()) {
            if (!of(type).hasAdditions() || paused(type, now) || wholeMustWait(type)) {
                additions.reset(type);
            } else if (!mustWait(type, now) || additions.exhausted(type, now)) {
                additions.reset(type);
                Optional<Content> content = of(type).takeAdditions();
                if (content.isPresent()) {
                    return content.map(news -> answer(type, news));
                }
            }
        }
        return Optional.empty();
    }

    private Optional<DeltaAnswer> nextRemoval(long now) {
        if (now - removalsFrom < 0) {
            return Optional.empty();
        }
        for (ResourceType type : PushOrder.removals()) {
            if (!of(type).hasRemovals() || anyStuck(PushOrder.usedBy(type)) || wholeMustWait(type)) {
                removals.reset(type);
            } else if (quiet(now) || removals.exhausted(type, now)) {
                removals.reset(type);
                return Optional.of(answer(type, of(type).takeRemovals()));
            }
        }
        return Optional.empty();
    }

    private boolean toldAsWhole(ResourceType type) {
        return protocol == Protocol.STATE_OF_THE_WORLD && type.wildcard();
    }

    /**
     * Whether a whole has to wait. While the source is asked it would leave out, and so take away, what the client asks for;
     * and on top of one that is refused later it would be refused too, whatever is new in it.
     */
    private boolean wholeMustWait(ResourceType type) {
        return toldAsWhole(type) && (of(type).awaitsSource() || of(type).awaitsAcknowledgement());
    }

    /** One change of a type at a time, and none before what it may refer to is in place. */
    private boolean mustWait(ResourceType type, long now) {
        return of(type).awaitsAcknowledgement()
                || PushOrder.waitsFor(type).stream().anyMatch(other -> busy(other, now));
    }

    /** Whether everything that was to be added has been added and acknowledged. */
    private boolean quiet(long now) {
        return types.keySet().stream().noneMatch(type -> busy(type, now));
    }

    private boolean busy(ResourceType type, long now) {
        return of(type).awaitsAcknowledgement() || (pending(type) && !paused(type, now));
    }

    private boolean pending(ResourceType type) {
        return of(type).owes() || of(type).hasAdditions();
    }

    private boolean anyStuck(Set<ResourceType> users) {
        return users.stream().map(this::of).anyMatch(TypeSubscription::stuck);
    }

    /** A client that refuses again and again is answered ever more slowly; types that it accepts go on. */
    private boolean paused(ResourceType type, long now) {
        return of(type).refusedLast() && budget.spent(now);
    }

    private DeltaAnswer answer(ResourceType type, Content content) {
        String nonce = Long.toString(++responses);
        of(type).sent(nonce, content);
        if (type == ResourceType.CLUSTER) {
            TypeSubscription endpoints = of(ResourceType.ENDPOINT);
            content.resources().stream()
                    .filter(cluster -> !cluster.endpointName().isEmpty())
                    .forEach(cluster -> endpoints.follow(cluster.endpointName(), isOnDemand(cluster)));
        }
        return new DeltaAnswer(type, nonce, content.resources(), content.removed());
    }

    private boolean isOnDemand(EnvoyResource cluster) {
        return protocol == Protocol.DELTA && of(ResourceType.CLUSTER).names(cluster.name());
    }

    /** Nanoseconds after which {@link #next} or {@link #demands} may have something although nothing has come in. */
    long delay(long now) {
        long delay = Math.min(demands.delay(now), Math.min(additions.delay(now), removals.delay(now)));
        if (now - removalsFrom < 0 && types.values().stream().anyMatch(TypeSubscription::hasRemovals)) {
            delay = Math.min(delay, removalsFrom - now);
        }
        boolean paused = types.keySet().stream().anyMatch(type -> pending(type) && paused(type, now));
        return paused ? Math.min(delay, budget.delay(now)) : delay;
    }

    /** The stream is over: what it refused is of no interest any more. */
    void end() {
        types.forEach((type, subscription) -> settled(type, subscription.end()));
    }

    private TypeSubscription of(ResourceType type) {
        TypeSubscription subscription = types.get(type);
        if (subscription == null) {
            throw new IllegalStateException("every type is there from the start: " + type);
        }
        return subscription;
    }
}
