package io.osmj.xds.serve;

import io.osmj.xds.resource.EnvoyResource;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/** What the client of one stream says of the resources of one type that it is sent, and what follows from that for the others. */
final class Verdicts {
    private final Interest interest;
    private final Ledger ledger;
    private final Quarantine quarantine;
    private final Outstanding outstanding;
    private LastAnswer lastAnswer = LastAnswer.NONE;

    Verdicts(Interest interest, Ledger ledger, Quarantine quarantine, Outstanding outstanding) {
        this.interest = interest;
        this.ledger = ledger;
        this.quarantine = quarantine;
        this.outstanding = outstanding;
    }

    /**
     * What an ACK accepts.
     *
     * @param something whether there was a resource in the response
     * @param settled names of resources that had been refused in an earlier version
     */
    record Accepted(boolean something, NavigableSet<String> settled) {}

    /**
     * What a NACK refuses.
     *
     * @param names of all that was in the response, so that one is alone only if it was then; none if nothing of it is left
     * @param versions by name, less those that were given up or taken away since
     */
    record Refused(List<String> names, Map<String, String> versions) {}

    /** Takes in an ACK. Gives what is accepted by it; empty if it is of no response that is still open. */
    Optional<Accepted> accepted(String nonce) {
        return ledger.accepted(nonce).map(response -> {
            lastAnswer = LastAnswer.ACCEPTED;
            NavigableSet<String> settled = new TreeSet<>();
            response.versions().keySet().stream().filter(quarantine::release).forEach(settled::add);
            return new Accepted(response.size() > 0, settled);
        });
    }

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

    /** What the client said last of what it was sent. */
    LastAnswer last() {
        return lastAnswer;
    }

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

    /** The client asks for this anew. */
    void retry(String name) {
        quarantine.retry(name);
    }

    /** The client has given up some names. Gives those that are refused no longer, as it asks for them no longer. */
    NavigableSet<String> narrowed() {
        return quarantine.releaseIf(refused -> !interest.covers(refused.getKey()));
    }

    /** The client is to have these. Gives the names that are refused no longer. */
    NavigableSet<String> overtaken(NavigableMap<String, EnvoyResource> resources) {
        return quarantine.releaseIf(refused -> {
            EnvoyResource resource = resources.get(refused.getKey());
            return resource == null || resource.version().equals(ledger.version(refused.getKey()));
        });
    }

    /** Ends: the names of what is refused to the last. */
    NavigableSet<String> end() {
        return quarantine.releaseIf(_ -> true);
    }
}
