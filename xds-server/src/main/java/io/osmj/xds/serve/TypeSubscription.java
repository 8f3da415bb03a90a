package io.osmj.xds.serve;

import io.osmj.xds.resource.CertificateVersion;
import io.osmj.xds.resource.EnvoyResource;
import io.osmj.xds.resource.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One type on one stream: what the client asked for, what it has, what it is to have, and so what is to be sent. When it
 * is sent is for {@link StreamState} to say.
 */
final class TypeSubscription {
    private final int maxResponseBytes;
    private final Interest interest;
    private final Ledger ledger;
    private final Quarantine quarantine = new Quarantine();
    private final Debts debts = new Debts();
    private final Holds holds = new Holds();
    private final boolean refersToNothing;

    /** Names to be looked at again; all others are as they should be, or refused. Keeps a change of one at the cost of one. */
    private final NavigableSet<String> open = new TreeSet<>();

    private NavigableMap<String, EnvoyResource> wanted = new TreeMap<>();

    /** What the latest request says, and may say, that the client brings from an earlier stream: versions by name. */
    private Map<String, String> claims = Map.of();

    private final Brought brought = new Brought();
    private boolean refusedLast;
    private @Nullable Difference difference;

    TypeSubscription(ResourceType type, StreamLimits limits, int maxResponseBytes) {
        this.maxResponseBytes = maxResponseBytes;
        this.interest = new Interest(type.wildcard(), limits.maxNames());
        this.ledger = new Ledger(interest::covers);
        this.refersToNothing = PushOrder.waitsFor(type).isEmpty();
    }

    /**
     * Takes in what a request asks for; what is asked counts even if the request's nonce is stale. Gives the names of
     * refused resources that are asked for no longer.
     */
    NavigableSet<String> subscribe(DeltaRequest request) {
        Interest.Change change = interest.apply(request.subscribe(), request.unsubscribe());
        open.addAll(change.asked());
        claims = change.first() ? request.held() : Map.of();
        claims.forEach(this::claim);
        brought.compare(wanted, ledger);
        for (String name : change.asked()) {
            if (debts.ask(name, claims.containsKey(name))) {
                quarantine.retry(name);
            }
        }
        debts.askBeyond(change.beyond());
        if (change.all()) {
            open.addAll(wanted.keySet());
            debts.askAll(claims.isEmpty());
        }
        return request.unsubscribe().isEmpty() ? changed(new TreeSet<>()) : narrow(request.unsubscribe());
    }

    /** Which of the names of a request, taken in before, the source has to be asked for. */
    Absent absent(DeltaRequest request) {
        Absent absent = new Absent(new TreeSet<>(), new TreeSet<>());
        for (String name : request.subscribe()) {
            if (!interest.names(name) || wanted.containsKey(name)) {
                continue;
            }
            if (holds.has(name)) {
                if (debts.withdraw(name)) {
                    holds.askAgain(name);
                }
            } else {
                boolean _ = (ledger.version(name) == null ? absent.fresh() : absent.claimed()).add(name);
            }
        }
        // What it holds and does not name, it was sent ahead, and its application may be using it.
        for (String name : claims.keySet()) {
            if (ledger.version(name) != null && !wanted.containsKey(name) && !holds.has(name)) {
                absent.claimed().add(name);
            }
        }
        return absent;
    }

    /** Names that the client asks for and that the latest change has taken out of the set. */
    NavigableSet<String> leaving() {
        NavigableSet<String> leaving = new TreeSet<>(open);
        leaving.removeIf(name -> !interest.names(name) || wanted.containsKey(name) || holds.has(name));
        return leaving;
    }

    /** Holds the answer for these names back, and keeps what the client has of them, until the ticket is answered. */
    void hold(Demand demand) {
        demand.names().forEach(name -> holds.add(name, demand.ticket(), debts.withdraw(name)));
        changed(demand.names());
    }

    /** Whether the client asks for this very name. */
    boolean names(String name) {
        return interest.names(name);
    }

    private void claim(String name, String version) {
        if (interest.covers(name)) {
            ledger.claim(name, version);
            open.add(name);
            brought.claim(name, version);
        }
    }

    /** Certificates of an earlier stream that the client was let keep. Given once. */
    List<CertificateVersion> takeSpared() {
        return brought.takeSpared();
    }

    private NavigableSet<String> narrow(List<String> givenUp) {
        ledger.forgetUnasked();
        debts.retain(interest::covers);
        holds.retain(name -> interest.covers(name) && !givenUp.contains(name));
        return changed(quarantine.releaseIf(refused -> !interest.covers(refused.getKey())));
    }

    /**
     * Takes in what the client is to have, and up to which ticket that takes into account what was asked of the source.
     * Gives the names of refused resources that are refused no longer.
     */
    NavigableSet<String> want(NavigableMap<String, EnvoyResource> resources, long answered) {
        Changes.tell(wanted, resources, open::add);
        wanted = resources;
        brought.compare(wanted, ledger);
        if (refersToNothing) {
            open.stream().filter(wanted::containsKey).forEach(debts::born);
        }
        debts.withdrawIf(name -> holds.has(name) && !wanted.containsKey(name)).forEach(holds::askAgain);
        holds.due(answered, wanted::containsKey).forEach(debts::owe);
        open.addAll(holds.release(answered));
        return changed(quarantine.releaseIf(refused -> {
            EnvoyResource resource = wanted.get(refused.getKey());
            return resource == null || resource.version().equals(ledger.version(refused.getKey()));
        }));
    }

    /** Takes in an ACK. Gives the names of resources that had been refused in an earlier version. */
    NavigableSet<String> accepted(String nonce) {
        NavigableSet<String> settled = new TreeSet<>();
        ledger.accepted(nonce).ifPresent(response -> {
            refusedLast = false;
            response.versions().keySet().stream().filter(quarantine::release).forEach(settled::add);
        });
        return settled;
    }

    /** Takes in a NACK. Gives the names of what is refused by it; empty if it is of no response that is still open. */
    Optional<NavigableSet<String>> refused(String nonce, String text) {
        return ledger.refused(nonce).map(response -> {
            refusedLast = true;
            NavigableSet<String> names = new TreeSet<>(response.versions().keySet());
            if (response.size() == 1) {
                response.versions().forEach(quarantine::refuse);
            } else if (!names.isEmpty()) {
                quarantine.suspect(names, text);
            }
            open.addAll(names);
            open.addAll(response.removed());
            return changed(names);
        });
    }

    /**
     * A cluster of these endpoints is on its way and waits for them, whether the client has them or not.
     *
     * @param unasked whether they are sent, if there are any, before the client asks for them. A client that runs takes them
     *     then; one that is still starting asks when all clusters are there, and forgets what came before
     */
    void follow(String name, boolean unasked) {
        if (interest.covers(name) || (unasked && wanted.containsKey(name))) {
            debts.owe(name);
        } else {
            debts.expect(name);
        }
    }

    boolean refusedLast() {
        return refusedLast;
    }

    /** Whether the source was asked for names and has not answered yet. */
    boolean awaitsSource() {
        return holds.any();
    }

    boolean awaitsAcknowledgement() {
        return ledger.awaitsAcknowledgement();
    }

    /** Whether the client keeps an old version of something because it refused the new one. */
    boolean stuck() {
        return quarantine.names().stream().anyMatch(ledger::holds);
    }

    boolean owes() {
        return debts.any();
    }

    boolean hasAdditions() {
        return quarantine.hasParts() || !difference().news().isEmpty();
    }

    boolean hasRemovals() {
        return !difference().gone().isEmpty();
    }

    private NavigableSet<String> changed(NavigableSet<String> names) {
        difference = null;
        return names;
    }

    private Difference difference() {
        if (difference == null) {
            List<EnvoyResource> news = new ArrayList<>();
            List<String> gone = new ArrayList<>();
            open.removeIf(name -> !isOpen(name, news, gone));
            difference = new Difference(news, gone);
        }
        return difference;
    }

    private boolean isOpen(String name, List<EnvoyResource> news, List<String> gone) {
        EnvoyResource resource = wanted.get(name);
        if (resource == null) {
            return !holds.has(name) && ledger.version(name) != null && gone.add(name);
        }
        return interest.covers(name) && isNews(resource) && news.add(resource);
    }

    private boolean isNews(EnvoyResource resource) {
        return !resource.version().equals(ledger.version(resource.name())) && !quarantine.withholds(resource);
    }

    /** The answer to what was asked; empty if nothing of it may be sent. */
    Optional<Content> takeOwed() {
        return debts.pay(difference().news(), wanted, quarantine, maxResponseBytes);
    }

    /** The next part of what is new; empty if there is nothing after all. */
    Optional<Content> takeAdditions() {
        List<EnvoyResource> part = List.of();
        while (part.isEmpty() && quarantine.hasParts()) {
            NavigableSet<String> names = quarantine.takePart();
            part = names.stream()
                    .filter(interest::covers)
                    .map(wanted::get)
                    .filter(Objects::nonNull)
                    .toList();
            changed(names);
        }
        if (part.isEmpty()) {
            part = Content.cut(difference().news(), maxResponseBytes);
        }
        return part.isEmpty() ? Optional.empty() : Optional.of(new Content(part, List.of()));
    }

    /** All that the client has and is to have no longer. */
    Content takeRemovals() {
        return new Content(List.of(), difference().gone());
    }

    /** The content has gone out under this nonce. */
    void sent(String nonce, Content content) {
        ledger.sent(nonce, content.resources(), content.removed());
        content.removed().stream().filter(interest::names).forEach(debts::missed);
        changed(new TreeSet<>());
    }

    /** Ends: the names of what is refused to the last. */
    NavigableSet<String> end() {
        return quarantine.releaseIf(_ -> true);
    }
}
