package io.osmj.xds.serve;

import java.util.function.BooleanSupplier;

/** What is remembered of the names of one type for the client of one stream: how much that is, and what is forgotten. */
final class Memory {
    private final Interest interest;
    private final Ledger ledger;
    private final Debts debts;
    private final Claims claims;
    private final Outstanding outstanding;
    private final Absentees absentees;

    Memory(Interest interest, Ledger ledger, Debts debts, Claims claims, Outstanding outstanding, Absentees absentees) {
        this.interest = interest;
        this.ledger = ledger;
        this.debts = debts;
        this.claims = claims;
        this.outstanding = outstanding;
        this.absentees = absentees;
    }

    /** Whether the client asks for this very name. */
    boolean names(String name) {
        return interest.names(name);
    }

    /** Whether there is such a resource, asked for or not. */
    boolean has(String name) {
        return outstanding.wants(name);
    }

    /** How many names are remembered for the client. What it brings and asks for by name is one. */
    int size() {
        return interest.size() + claims.unasked() + debts.beyond();
    }

    /** How long they are. */
    int characters() {
        return interest.characters() + claims.unaskedCharacters() + debts.beyondCharacters();
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
    Asker.Fate forget(String name) {
        if (outstanding.wants(name)) {
            return Asker.Fate.EXISTS;
        }
        if (ledger.version(name) != null || absentees.awaits(name)) {
            return Asker.Fate.NOT_YET;
        }
        interest.forget(name);
        debts.forget(name);
        return Asker.Fate.FORGOTTEN;
    }

    /** What was asked for beyond the limits is not told to be missing. */
    void forgo() {
        debts.forgo();
    }
}
