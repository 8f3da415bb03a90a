package io.osmj.xds.serve;

import io.osmj.xds.resource.ResourceType;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/** What has to wait for what on one stream, and what not. */
final class Waits {
    private final Subscriptions types;
    private final Protocol protocol;
    private final Conduct conduct;
    private final Trial trial;

    /** What was found out since the last look: other streams may be answered meanwhile, and one type must not go ahead by that. */
    private final Map<ResourceType, Leave> leaves = new EnumMap<>(ResourceType.class);

    /** Whether a type has to wait for what other streams are answered. So do those behind it of which the client has said nothing. */
    private boolean held;

    /** @param wake called, from any thread, when there may be more to send because of another stream of the proxy */
    Waits(Subscriptions types, Protocol protocol, Conduct conduct, Runnable wake) {
        this.types = types;
        this.protocol = protocol;
        this.conduct = conduct;
        this.trial = new Trial(wake);
    }

    /**
     * What is asked for is told at once, and as it is now: so whatever it may refer to is told before, without waiting for the
     * acknowledgement of what was told earlier.
     */
    boolean needsClustersFirst(ResourceType type, long now) {
        Outgoing clusters = outgoing(ResourceType.CLUSTER);
        Leave leave = leave(ResourceType.CLUSTER, now);
        if (!clusters.hasPlainAdditions(leave) || wholeMustWait(ResourceType.CLUSTER)) {
            return false;
        }
        return type == ResourceType.ENDPOINT
                ? outgoing(type).owes(clusters.endpointsToCome(leave))
                : PushOrder.waitsFor(type).contains(ResourceType.CLUSTER);
    }

    /**
     * Endpoints of clusters that are to change: they follow them. Over the cluster as it was they would be called as others are, in
     * plain text or as somebody else.
     */
    Set<String> early(ResourceType type, long now) {
        return type == ResourceType.ENDPOINT
                ? outgoing(ResourceType.CLUSTER).endpointsToCome(leave(ResourceType.CLUSTER, now))
                : Set.of();
    }

    /**
     * Whether a whole has to wait. While the source is asked it would leave out, and so take away, what the client asks for;
     * and on top of one that is refused later it would be refused too, whatever is new in it.
     */
    boolean wholeMustWait(ResourceType type) {
        return protocol.tellsWhole(type)
                && (types.of(type).absentees().awaitsSource() || outgoing(type).awaitsAcknowledgement());
    }

    boolean keepsForNow(ResourceType type) {
        return types.of(type).absentees().keepsForNow();
    }

    /** One change of a type at a time, and none before what it may refer to is in place. */
    boolean mustWait(ResourceType type, long now) {
        return outgoing(type).awaitsAcknowledgement()
                || PushOrder.waitsFor(type).stream().anyMatch(other -> busy(other, now));
    }

    /** Whether everything that was to be added has been added and acknowledged. */
    boolean quiet(long now) {
        return PushOrder.additions().stream().noneMatch(type -> busy(type, now));
    }

    private boolean busy(ResourceType type, long now) {
        return outgoing(type).awaitsAcknowledgement() || pending(type, leave(type, now));
    }

    /** Whether something of the type is to be sent, as far as that may be. */
    private boolean pending(ResourceType type, Leave leave) {
        return outgoing(type).owes(leave) || outgoing(type).hasAdditions(leave);
    }

    boolean anyStuck(Set<ResourceType> users) {
        return users.stream().map(this::outgoing).anyMatch(Outgoing::stuck);
    }

    /** From now on, what may be sent is found out anew. */
    void look() {
        leaves.clear();
        held = false;
    }

    /** A client that refuses again and again is answered ever more slowly; what it accepts goes on. */
    Leave leave(ResourceType type, long now) {
        Leave known = leaves.get(type);
        if (known != null) {
            return known;
        }
        Leave leave = held && untried(type)
                ? Leave.NONE
                : conduct.leave(type, types.of(type).verdicts().last(), trial, now);
        leaves.put(type, leave);
        held |= leave == Leave.NONE && untried(type) && pending(type, Leave.ALL);
        return leave;
    }

    /** An answer of the type is about to be sent, of which this has given leave. Gives whether that still holds. */
    boolean begin(ResourceType type, long now) {
        boolean holds = conduct.begin(type, types.of(type).verdicts().last(), trial, now);
        if (!holds) {
            held = true;
            PushOrder.additions().stream().filter(this::untried).forEach(other -> leaves.put(other, Leave.NONE));
            leaves.put(type, Leave.NONE);
        }
        return holds;
    }

    /** An answer was sent, or not after all, or the client has answered. */
    void stand(long now) {
        conduct.stand(trial, standing(), now);
    }

    /** The stream is over. */
    void end() {
        conduct.end(trial);
    }

    /** Nanoseconds until the client may be sent more than now. */
    long delay(long now) {
        return conduct.delay(trial, now);
    }

    /** Whether the client has said nothing yet of what it was sent of the type. */
    private boolean untried(ResourceType type) {
        return types.of(type).verdicts().last() == LastAnswer.NONE;
    }

    /** Whether something of the type would be sent if the client refused less. */
    boolean paused(ResourceType type, long now) {
        return leave(type, now) != Leave.ALL && pending(type, Leave.ALL);
    }

    private int standing() {
        int standing = 0;
        for (ResourceType type : ResourceType.values()) {
            standing += types.of(type).verdicts().last() == LastAnswer.ACCEPTED
                    ? 0
                    : outgoing(type).standing();
        }
        return standing;
    }

    private Outgoing outgoing(ResourceType type) {
        return types.of(type).outgoing();
    }
}
