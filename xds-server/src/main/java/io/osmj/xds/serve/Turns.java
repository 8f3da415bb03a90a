package io.osmj.xds.serve;

import io.osmj.xds.resource.EnvoyResource;
import io.osmj.xds.resource.ResourceType;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

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

    /** Whether a type had its turn and, after all, nothing to be sent. */
    private boolean cameToNothing;

    private long responses;

    /**
     * The turns of a stream on which nothing was asked for yet.
     *
     * @param types all of them
     * @param conduct of the proxy, which somebody else keeps
     * @param acknowledgement how long one type waits for the acknowledgement of another
     * @param wake called, from any thread, when there may be more to send because of another stream of the proxy
     */
    Turns(Subscriptions types, Protocol protocol, Conduct conduct, Duration acknowledgement, Runnable wake) {
        this.types = types;
        this.protocol = protocol;
        this.conduct = conduct;
        this.waits = new Waits(types, protocol, conduct, wake);
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

    /** The client has answered something. */
    void answered(long now) {
        waits.stand(now);
    }

    /** The stream is over. */
    void end() {
        waits.end();
    }

    /** The next response to send, or empty if there is none now. To be sent before anything else is done here. */
    Optional<DeltaAnswer> next(long now) {
        waits.look();
        cameToNothing = false;
        Optional<DeltaAnswer> next = firstInTurn(now);
        // What stood before others in vain may stand there no more, and nobody would look again before something comes
        // in.
        return next.isEmpty() && cameToNothing ? firstInTurn(now) : next;
    }

    private Optional<DeltaAnswer> firstInTurn(long now) {
        return nextOwed(now).or(() -> nextAddition(now)).or(() -> nextRemoval(now));
    }

    private Optional<DeltaAnswer> nextOwed(long now) {
        for (ResourceType type : PushOrder.additions()) {
            Leave leave = waits.leave(type, now);
            if (outgoing(type).owes(leave) && !waits.wholeMustWait(type)) {
                if (waits.needsClustersFirst(type, now)) {
                    Leave clusters = waits.leave(ResourceType.CLUSTER, now);
                    return take(ResourceType.CLUSTER, now, all -> all.takeAdditions(Set.of(), clusters));
                }
                Optional<DeltaAnswer> owed = take(type, now, all -> all.takeOwed(leave));
                if (owed.isPresent()) {
                    return owed;
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
                Optional<DeltaAnswer> news = take(type, now, all -> all.takeAdditions(waits.early(type, now), leave));
                if (news.isPresent()) {
                    return news;
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
                DeltaAnswer removal = answer(type, outgoing(type).takeRemovals());
                waits.stand(now);
                return Optional.of(removal);
            }
        }
        return Optional.empty();
    }

    private Optional<DeltaAnswer> take(ResourceType type, long now, Function<Outgoing, Optional<Content>> part) {
        if (!waits.begin(type, now)) {
            cameToNothing = true;
            return Optional.empty();
        }
        Optional<DeltaAnswer> answer = part.apply(outgoing(type)).map(content -> answer(type, content));
        cameToNothing |= answer.isEmpty();
        waits.stand(now);
        return answer;
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
        return protocol == Protocol.DELTA
                && types.of(ResourceType.CLUSTER).memory().names(cluster.name());
    }

    /** Nanoseconds after which {@link #next} may have something although nothing has come in. */
    long delay(long now) {
        waits.look();
        long delay = Math.min(additions.delay(now), removals.delay(now));
        if (now - removalsFrom < 0
                && PushOrder.additions().stream()
                        .anyMatch(type -> outgoing(type).hasRemovals())) {
            delay = Math.min(delay, removalsFrom - now);
        }
        boolean paused = PushOrder.additions().stream().anyMatch(type -> waits.paused(type, now));
        return paused ? Math.min(delay, waits.delay(now)) : delay;
    }

    private Outgoing outgoing(ResourceType type) {
        return types.of(type).outgoing();
    }
}
