package io.osmj.xds.serve;

import io.osmj.xds.resource.EnvoyResource;
import io.osmj.xds.resource.ResourceType;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * One type on one stream. Takes in what the client asks for and answers, and what it is to have; what follows from that is
 * in {@link #outgoing}, and in {@link #absentees} what the source has to be asked.
 */
final class TypeSubscription {
    private final Interest interest;
    private final Ledger ledger;
    private final Debts debts = new Debts();
    private final Holds holds = new Holds();
    private final Outstanding outstanding;
    private final Absentees absentees;
    private final Outgoing outgoing;
    private final Verdicts verdicts;
    private final Claims claims;
    private final Memory memory;
    private final boolean refersToNothing;

    private boolean first;

    TypeSubscription(ResourceType type, StreamLimits limits, int maxResponseBytes) {
        this.interest = new Interest(type.wildcard(), limits.maxNames());
        this.ledger = new Ledger(interest::covers);
        Quarantine quarantine = new Quarantine();
        this.outstanding = new Outstanding(interest, ledger, quarantine, holds);
        this.absentees = new Absentees(interest, ledger, debts, holds, outstanding);
        this.outgoing = new Outgoing(interest, ledger, quarantine, debts, outstanding, maxResponseBytes);
        this.verdicts = new Verdicts(interest, ledger, quarantine, outstanding);
        this.claims = new Claims(interest, ledger, outstanding);
        this.memory = new Memory(interest, ledger, debts, claims, outstanding, absentees);
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

    /** What the client says of what it is sent. */
    Verdicts verdicts() {
        return verdicts;
    }

    /** What it brings from an earlier stream. */
    Claims claims() {
        return claims;
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
        claims.take(first ? request.held() : Map.of());
        for (String name : change.asked()) {
            boolean comes = running && outstanding.wants(name) && ledger.crosses(name);
            if (debts.ask(name, comes || claims.names().contains(name)) && !first) {
                verdicts.retry(name);
            }
        }
        debts.askBeyond(change.beyond());
        if (change.all()) {
            outstanding.look(outstanding.wanted().keySet());
            debts.askAll(claims.names().isEmpty());
        }
        return request.unsubscribe().isEmpty() ? changed(new TreeSet<>()) : narrow(request.unsubscribe());
    }

    /** What is remembered of its names. */
    Memory memory() {
        return memory;
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
        return absentees.of(request, claims.names(), first);
    }

    private NavigableSet<String> narrow(List<String> givenUp) {
        ledger.forgetUnasked();
        debts.retain(interest::covers);
        holds.retain(name -> interest.covers(name) && !givenUp.contains(name));
        return changed(verdicts.narrowed());
    }

    /**
     * Takes in what the client is to have, and up to which ticket that takes into account what was asked of the source.
     * Gives the names of refused resources that are refused no longer.
     */
    NavigableSet<String> want(NavigableMap<String, EnvoyResource> resources, long answered) {
        outstanding.want(resources);
        claims.compare(resources);
        if (refersToNothing) {
            outstanding.arriving().forEach(debts::born);
        }
        absentees.answered(answered);
        return changed(verdicts.overtaken(resources));
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
}
