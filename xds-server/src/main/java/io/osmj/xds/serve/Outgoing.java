package io.osmj.xds.serve;

import io.osmj.xds.resource.EnvoyResource;
import java.util.List;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What is to be sent of one type on one stream. When it is sent is for {@link StreamState} to say. */
final class Outgoing {
    private final Interest interest;
    private final Ledger ledger;
    private final Quarantine quarantine;
    private final Debts debts;
    private final Outstanding outstanding;
    private final int maxResponseBytes;

    Outgoing(
            Interest interest,
            Ledger ledger,
            Quarantine quarantine,
            Debts debts,
            Outstanding outstanding,
            int maxResponseBytes) {
        this.interest = interest;
        this.ledger = ledger;
        this.quarantine = quarantine;
        this.debts = debts;
        this.outstanding = outstanding;
        this.maxResponseBytes = maxResponseBytes;
    }

    boolean awaitsAcknowledgement() {
        return ledger.awaitsAcknowledgement();
    }

    /** How many answers the client has not answered. */
    int standing() {
        return ledger.standing();
    }

    /** Whether the client keeps an old version of something because it refused the new one. */
    boolean stuck() {
        return quarantine.names().stream().anyMatch(ledger::holds);
    }

    /** Whether something that was asked for may be sent. */
    boolean owes(Leave leave) {
        return leave != Leave.NONE && debts.any(name -> mayGo(name, leave));
    }

    /** Whether the answer to what was asked holds one of these names. */
    boolean owes(Set<String> names) {
        return debts.anyOf(names);
    }

    /** Whether there is something new, and nobody is looking for what is at fault. */
    boolean hasPlainAdditions(Leave leave) {
        return !quarantine.hasParts() && !news(leave).isEmpty();
    }

    boolean hasAdditions(Leave leave) {
        return quarantine.hasParts(leave) || !news(leave).isEmpty();
    }

    boolean hasRemovals() {
        return !outstanding.difference().gone().isEmpty();
    }

    /** The answer to what was asked; empty if nothing of it may be sent. What was refused before goes by itself. */
    Optional<Content> takeOwed(Leave leave) {
        Optional<Content> unrefused = pay(Leave.UNREFUSED);
        return unrefused.isPresent() || leave != Leave.ALL ? unrefused : pay(leave);
    }

    private Optional<Content> pay(Leave leave) {
        debts.allow(name -> interest.covers(name) && outstanding.wants(name));
        return debts.pay(outstanding.difference().news(), outstanding.wanted(), quarantine, leave, maxResponseBytes);
    }

    /** Names of endpoints of clusters that are to be sent. */
    Set<String> endpointsToCome(Leave leave) {
        return news(leave).stream().map(EnvoyResource::endpointName).collect(Collectors.toSet());
    }

    /** The next part of what is new, without these names; empty if there is nothing after all. */
    Optional<Content> takeAdditions(Set<String> early, Leave leave) {
        List<EnvoyResource> part = List.of();
        while (part.isEmpty() && quarantine.hasParts(leave)) {
            part = asked(quarantine.takePart());
            outstanding.changed();
        }
        if (part.isEmpty()) {
            part = Content.cut(newsWithout(early, leave), maxResponseBytes);
        }
        return part.isEmpty() ? Optional.empty() : Optional.of(new Content(part, List.of()));
    }

    /** What was refused before, in another version, goes by itself and last: it may be refused again. */
    private List<EnvoyResource> newsWithout(Set<String> early, Leave leave) {
        List<EnvoyResource> news = news(leave).stream()
                .filter(resource -> !early.contains(resource.name()))
                .toList();
        List<EnvoyResource> unrefused = news.stream()
                .filter(resource -> mayGo(resource.name(), Leave.UNREFUSED))
                .toList();
        return unrefused.isEmpty() ? news : unrefused;
    }

    private List<EnvoyResource> news(Leave leave) {
        List<EnvoyResource> news = outstanding.difference().news();
        return leave == Leave.ALL
                ? news
                : news.stream()
                        .filter(resource -> mayGo(resource.name(), leave))
                        .toList();
    }

    private boolean mayGo(String name, Leave leave) {
        return leave.covers(quarantine.refused(name));
    }

    private List<EnvoyResource> asked(NavigableSet<String> names) {
        return names.stream()
                .filter(interest::covers)
                .map(outstanding.wanted()::get)
                .filter(Objects::nonNull)
                .toList();
    }

    /** All that the client has and is to have no longer. */
    Content takeRemovals() {
        return new Content(List.of(), outstanding.difference().gone());
    }

    /** The content has gone out under this nonce. */
    void sent(String nonce, Content content) {
        ledger.sent(nonce, content.resources(), content.removed());
        content.removed().stream().filter(interest::names).forEach(debts::missed);
        outstanding.changed();
    }
}
