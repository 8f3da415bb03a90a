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
    private final Waits waits;
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
        this.waits = new Waits(types, protocol, conduct);
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
            Leave leave = waits.leave(type, now);
            if (outgoing(type).owes(leave) && !waits.wholeMustWait(type)) {
                if (waits.needsClustersFirst(type, now)) {
                    return outgoing(ResourceType.CLUSTER)
                            .takeAdditions(Set.of(), waits.leave(ResourceType.CLUSTER, now))
                            .map(clusters -> answer(ResourceType.CLUSTER, clusters));
                }
                Optional<Content> content = outgoing(type).takeOwed(leave);
                if (content.isPresent()) {
                    return content.map(owed -> answer(type, owed));
                }
            }
        }
        return Optional.empty();
    }

    private Optional<DeltaAnswer> nextAddition(long now) {
        for (ResourceType type : PushOrder.additions()) {
            Leave leave = waits.leave(type, now);
            if (!outgoing(type).hasAdditions(leave) || waits.wholeMustWait(type)) {
                additions.reset(type);
            } else if (!waits.mustWait(type, now) || additions.exhausted(type, now)) {
                additions.reset(type);
                Optional<Content> content = outgoing(type).takeAdditions(waits.early(type, now), leave);
                if (content.isPresent()) {
                    return content.map(news -> answer(type, news));
                }
            }
        }
        return Optional.empty();
    }

    private Optional<DeltaAnswer> nextRemoval(long now) {
        if (now - removalsFrom < 0) {
            PushOrder.removals().forEach(removals::reset);
            return Optional.empty();
        }
        for (ResourceType type : PushOrder.removals()) {
            if (!outgoing(type).hasRemovals()
                    || waits.anyStuck(PushOrder.usedBy(type))
                    || waits.wholeMustWait(type)
                    || PushOrder.cameWith(type).filter(waits::keepsForNow).isPresent()) {
                removals.reset(type);
            } else if (waits.quiet(now) || removals.exhausted(type, now)) {
                removals.reset(type);
                return Optional.of(answer(type, outgoing(type).takeRemovals()));
            }
        }
        return Optional.empty();
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
        boolean paused = PushOrder.additions().stream().anyMatch(type -> waits.paused(type, now));
        return paused ? Math.min(delay, conduct.delay(now)) : delay;
    }

    private Outgoing outgoing(ResourceType type) {
        return types.of(type).outgoing();
    }
}
