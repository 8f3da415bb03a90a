package io.osmj.xds.serve;

import io.osmj.xds.resource.CertificateVersion;
import io.osmj.xds.resource.EnvoyResource;
import io.osmj.xds.resource.ResourceType;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

/**
 * One type on one stream. Takes in what the client asks for and answers, and what it is to have; what follows from that is
 * in {@link #outgoing}, and in {@link #absentees} what the source has to be asked.
 */
final class TypeSubscription {
    private final Interest interest;
    private final Ledger ledger;
    private final Quarantine quarantine = new Quarantine();
    private final Debts debts = new Debts();
    private final Holds holds = new Holds();
    private final Brought brought = new Brought();
    private final Outstanding outstanding;
    private final Absentees absentees;
    private final Outgoing outgoing;
    private final boolean refersToNothing;

    /** What the latest request says, and may say, that the client brings from an earlier stream: versions by name. */
    private Map<String, String> claims = Map.of();

    private int claimed;
    private int claimedCharacters;
    private boolean first;
    private LastAnswer lastAnswer = LastAnswer.NONE;

    TypeSubscription(ResourceType type, StreamLimits limits, int maxResponseBytes) {
        this.interest = new Interest(type.wildcard(), limits.maxNames());
        this.ledger = new Ledger(interest::covers);
        this.outstanding = new Outstanding(interest, ledger, quarantine, holds);
        this.absentees = new Absentees(interest, ledger, debts, holds, outstanding);
        this.outgoing = new Outgoing(interest, ledger, quarantine, debts, outstanding, maxResponseBytes);
        this.refersToNothing = PushOrder.waitsFor(type).isEmpty();
    }

    /** What is to be sent. */
    Outgoing outgoing() {
        return outgoing;
    }

    /** What the source has to be asked. */
    Absentees absentees() {
        return absentees;
    }

    /**
     * Takes in what a request asks for; what is asked counts even if the request's nonce is stale. Gives the names of
     * refused resources that are asked for no longer.
     *
     * @param running whether the client takes what it is sent before it has asked for it
     */
    NavigableSet<String> subscribe(DeltaRequest request, boolean running) {
        List<String> names = interest.order(request.subscribe(), request.held().keySet());
        Interest.Change change = interest.apply(names, request.unsubscribe());
        outstanding.look(change.asked());
        first = change.first();
        claims = first ? request.held() : Map.of();
        claims.forEach(this::claim);
        brought.compare(outstanding.wanted(), ledger);
        for (String name : change.asked()) {
            boolean comes = running && outstanding.wants(name) && ledger.crosses(name);
            if (debts.ask(name, comes || claims.containsKey(name)) && !first) {
                quarantine.retry(name);
            }
        }
        debts.askBeyond(change.beyond());
        if (change.all()) {
            outstanding.look(outstanding.wanted().keySet());
            debts.askAll(claims.isEmpty());
        }
        return request.unsubscribe().isEmpty() ? changed(new TreeSet<>()) : narrow(request.unsubscribe());
    }

    /** Tells at any time whether there is room for the names of a request that is not taken in yet. */
    BooleanSupplier room(DeltaRequest request) {
        int most = interest.size() - interest.lacking(request.subscribe(), request.unsubscribe());
        return () -> interest.size() <= most;
    }

    /**
     * Remembers a name no longer that the client asks for and that is not there: should it come to be, the client is not told.
     * It must have nothing of the name, and be to have nothing.
     */
    Demands.Fate forget(String name) {
        if (outstanding.wants(name)) {
            return Demands.Fate.EXISTS;
        }
        if (ledger.version(name) != null || absentees.awaits(name)) {
            return Demands.Fate.NOT_YET;
        }
        interest.forget(name);
        debts.forget(name);
        return Demands.Fate.FORGOTTEN;
    }

    /** What was asked for beyond the limits is not told to be missing. */
    void forgo() {
        debts.forgo();
    }

    /** How many names are remembered for the client. What it brings and asks for by name is one. */
    int names() {
        return interest.size() + claimed + debts.beyond();
    }

    /** How long they are. */
    int characters() {
        return interest.characters() + claimedCharacters + debts.beyondCharacters();
    }

    /** Whether the client has asked for anything. */
    boolean asked() {
        return interest.started();
    }

    /** Whether the request that was taken in last was the first. */
    boolean firstRequest() {
        return first;
    }

    /** Which of the names of a request, taken in before, the source has to be asked for. */
    Absent absent(DeltaRequest request) {
        return absentees.of(request, claims.keySet(), first);
    }

    /** The request that was taken in last is dealt with: what it brought with it is not kept. */
    void done() {
        claims = Map.of();
    }

    /** Whether there is such a resource, asked for or not. */
    boolean has(String name) {
        return outstanding.wants(name);
    }

    /** Whether the client asks for this very name. */
    boolean names(String name) {
        return interest.names(name);
    }

    private void claim(String name, String version) {
        if (interest.covers(name)) {
            ledger.claim(name, version);
            claimed += interest.names(name) ? 0 : 1;
            claimedCharacters += interest.names(name) ? 0 : name.length();
            outstanding.look(List.of(name));
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
        outstanding.want(resources);
        brought.compare(resources, ledger);
        if (refersToNothing) {
            outstanding.arriving().forEach(debts::born);
        }
        absentees.answered(answered);
        return changed(quarantine.releaseIf(refused -> {
            EnvoyResource resource = resources.get(refused.getKey());
            return resource == null || resource.version().equals(ledger.version(refused.getKey()));
        }));
    }

    /** Takes in an ACK. Gives what is accepted by it; empty if it is of no response that is still open. */
    Optional<Accepted> accepted(String nonce) {
        return ledger.accepted(nonce).map(response -> {
            lastAnswer = LastAnswer.ACCEPTED;
            NavigableSet<String> settled = new TreeSet<>();
            response.versions().keySet().stream().filter(quarantine::release).forEach(settled::add);
            return new Accepted(response.size() > 0, settled);
        });
    }

    /**
     * What an ACK accepts.
     *
     * @param something whether there was a resource in the response
     * @param settled names of resources that had been refused in an earlier version
     */
    record Accepted(boolean something, NavigableSet<String> settled) {}

    /** Takes in a NACK. Gives what is refused by it; empty if it is of no response that is still open. */
    Optional<Refused> refused(String nonce, String text) {
        return ledger.refused(nonce).map(response -> {
            lastAnswer = LastAnswer.REFUSED;
            NavigableSet<String> names = new TreeSet<>(response.versions().keySet());
            if (response.size() == 1) {
                response.versions().forEach(quarantine::refuse);
            } else if (!names.isEmpty()) {
                quarantine.suspect(names, text);
            }
            outstanding.look(names);
            outstanding.look(response.removed());
            return new Refused(names.isEmpty() ? List.of() : response.sent(), response.versions());
        });
    }

    /**
     * What a NACK refuses.
     *
     * @param names of all that was in the response, so that one is alone only if it was then; none if nothing of it is left
     * @param versions by name, less those that were given up or taken away since
     */
    record Refused(List<String> names, Map<String, String> versions) {}

    /** The client refused this on an earlier stream. Gives whether it is withheld now. */
    boolean refusedBefore(String name, String version) {
        EnvoyResource resource = outstanding.wanted().get(name);
        boolean withheld = interest.covers(name)
                && (resource == null || resource.version().equals(version))
                && !version.equals(ledger.version(name));
        if (withheld) {
            quarantine.refuse(name, version);
            outstanding.changed();
        }
        return withheld;
    }

    /** What was refused on an earlier stream in this version is tried again, if it is still that. */
    void forgive(String name, String version) {
        if (quarantine.forgive(name, version)) {
            outstanding.look(List.of(name));
        }
    }

    /** What the client said last of what it was sent. */
    LastAnswer lastAnswer() {
        return lastAnswer;
    }

    /**
     * A cluster of these endpoints is on its way and waits for them, whether the client has them or not.
     *
     * @param unasked whether they are sent, if there are any, before the client asks for them. A client that runs takes them
     *     then; one that is still starting asks when all clusters are there, and forgets what came before
     */
    void follow(String name, boolean unasked) {
        if (interest.covers(name) || (unasked && outstanding.wants(name))) {
            debts.owe(name);
        } else {
            debts.expect(name);
        }
    }

    private NavigableSet<String> changed(NavigableSet<String> names) {
        outstanding.changed();
        return names;
    }

    /** Ends: the names of what is refused to the last. */
    NavigableSet<String> end() {
        return quarantine.releaseIf(_ -> true);
    }
}
