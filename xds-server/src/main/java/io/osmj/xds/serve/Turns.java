package io.osmj.xds.serve;

import io.osmj.xds.resource.EnvoyResource;
import io.osmj.xds.resource.ResourceType;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Which type of one stream has its turn: the order in which what is to be sent is sent, and what has to wait for what. */
final class Turns {
    /**
     * A client that comes back asks for one type after the other. Until it has asked for all of them it is not known what
     * it still uses, so nothing is taken away so early.
     */
    private static final long SETTLING = Duration.ofSeconds(1).toNanos();

    private final Subscriptions types;
    private final Protocol protocol;
    private final Conduct conduct;
    private final Patience additions;
    private final Patience removals;
    private boolean asked;
    private long removalsFrom;
    private long responses;

    /**
     * The turns of a stream on which nothing was asked for yet.
     *
     * @param types all of them
     * @param conduct of the proxy, which somebody else keeps
     * @param acknowledgement how long one type waits for the acknowledgement of another
     */
    Turns(Subscriptions types, Protocol protocol, Conduct conduct, Duration acknowledgement) {
        this.types = types;
        this.protocol = protocol;
        this.conduct = conduct;
        this.additions = new Patience(acknowledgement);
        this.removals = new Patience(acknowledgement);
    }

    /** A request came. When much was asked, the next one is heard later. */
    void asked(long now) {
        long late = conduct.hearingDelay(now);
        if (!asked || late > 0) {
            asked = true;
            removalsFrom = now + late + SETTLING;
        }
    }

    /** The next response to send, or empty if there is none now. To be sent before anything else is done here. */
    Optional<DeltaAnswer> next(long now) {
        return nextOwed(now).or(() -> nextAddition(now)).or(() -> nextRemoval(now));
    }

    private Optional<DeltaAnswer> nextOwed(long now) {
        for (ResourceType type : PushOrder.additions()) {
            if (outgoing(type).owes() && !paused(type, now) && !wholeMustWait(type)) {
                Optional<Content> content = outgoing(type).takeOwed();
                if (content.isPresent()) {
                    return content.map(owed -> answer(type, owed));
                }
            }
        }
        return Optional.empty();
    }

    private Optional<DeltaAnswer> nextAddition(long now) {
        for (ResourceType type : PushOrder.additions()) {
            if (!outgoing(type).hasAdditions() || paused(type, now) || wholeMustWait(type)) {
                additions.reset(type);
            } else if (!mustWait(type, now) || additions.exhausted(type, now)) {
                additions.reset(type);
                Optional<Content> content = outgoing(type).takeAdditions(early(type, now));
                if (content.isPresent()) {
                    return content.map(news -> answer(type, news));
                }
            }
        }
        return Optional.empty();
    }

    /**
     * Endpoints of clusters that are to change: they follow them. Over the cluster as it was they would be called as others are, in
     * plain text or as somebody else.
     */
    private Set<String> early(ResourceType type, long now) {
        return type == ResourceType.ENDPOINT && !paused(ResourceType.CLUSTER, now)
                ? outgoing(ResourceType.CLUSTER).endpointsToCome()
                : Set.of();
    }

    private Optional<DeltaAnswer> nextRemoval(long now) {
        if (now - removalsFrom < 0) {
            PushOrder.removals().forEach(removals::reset);
            return Optional.empty();
        }
        for (ResourceType type : PushOrder.removals()) {
            if (!outgoing(type).hasRemovals()
                    || anyStuck(PushOrder.usedBy(type))
                    || wholeMustWait(type)
                    || PushOrder.cameWith(type).filter(this::keepsForNow).isPresent()) {
                removals.reset(type);
            } else if (quiet(now) || removals.exhausted(type, now)) {
                removals.reset(type);
                return Optional.of(answer(type, outgoing(type).takeRemovals()));
            }
        }
        return Optional.empty();
    }

    /**
     * Whether a whole has to wait. While the source is asked it would leave out, and so take away, what the client asks for;
     * and on top of one that is refused later it would be refused too, whatever is new in it.
     */
    private boolean wholeMustWait(ResourceType type) {
        return protocol.tellsWhole(type)
                && (types.of(type).absentees().awaitsSource() || outgoing(type).awaitsAcknowledgement());
    }

    private boolean keepsForNow(ResourceType type) {
        return types.of(type).absentees().keepsForNow();
    }

    /** One change of a type at a time, and none before what it may refer to is in place. */
    private boolean mustWait(ResourceType type, long now) {
        return outgoing(type).awaitsAcknowledgement()
                || PushOrder.waitsFor(type).stream().anyMatch(other -> busy(other, now));
    }

    /** Whether everything that was to be added has been added and acknowledged. */
    private boolean quiet(long now) {
        return PushOrder.additions().stream().noneMatch(type -> busy(type, now));
    }

    private boolean busy(ResourceType type, long now) {
        return outgoing(type).awaitsAcknowledgement() || (pending(type) && !paused(type, now));
    }

    private boolean pending(ResourceType type) {
        return outgoing(type).owes() || outgoing(type).hasAdditions();
    }

    private boolean anyStuck(Set<ResourceType> users) {
        return users.stream().map(this::outgoing).anyMatch(Outgoing::stuck);
    }

    /** A client that refuses again and again is answered ever more slowly; types that it accepts go on. */
    private boolean paused(ResourceType type, long now) {
        TypeSubscription subscription = types.of(type);
        return !subscription.acceptedLast() && conduct.mustPause(subscription.refusedLast(), standing(), now);
    }

    private int standing() {
        int standing = 0;
        for (ResourceType type : ResourceType.values()) {
            standing += types.of(type).acceptedLast() ? 0 : outgoing(type).standing();
        }
        return standing;
    }

    private DeltaAnswer answer(ResourceType type, Content content) {
        String nonce = Long.toString(++responses);
        outgoing(type).sent(nonce, content);
        if (type == ResourceType.CLUSTER) {
            TypeSubscription endpoints = types.of(ResourceType.ENDPOINT);
            content.resources().stream()
                    .filter(cluster -> !cluster.endpointName().isEmpty())
                    .forEach(cluster -> endpoints.follow(cluster.endpointName(), isOnDemand(cluster)));
        }
        return new DeltaAnswer(type, nonce, content.resources(), content.removed());
    }

    private boolean isOnDemand(EnvoyResource cluster) {
        return protocol == Protocol.DELTA && types.of(ResourceType.CLUSTER).names(cluster.name());
    }

    /** Nanoseconds after which {@link #next} may have something although nothing has come in. */
    long delay(long now) {
        long delay = Math.min(additions.delay(now), removals.delay(now));
        if (now - removalsFrom < 0
                && PushOrder.additions().stream()
                        .anyMatch(type -> outgoing(type).hasRemovals())) {
            delay = Math.min(delay, removalsFrom - now);
        }
        boolean paused = PushOrder.additions().stream().anyMatch(type -> pending(type) && paused(type, now));
        return paused ? Math.min(delay, conduct.delay(now)) : delay;
    }

    private Outgoing outgoing(ResourceType type) {
        return types.of(type).outgoing();
    }
}
