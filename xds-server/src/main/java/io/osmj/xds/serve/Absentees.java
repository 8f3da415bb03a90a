package io.osmj.xds.serve;

import java.util.NavigableSet;
import java.util.Set;

/**
 * Names of one type that the client asks for and is not to have, as far as is known. The source is asked for them; until it has
 * answered, the client is not told that there are none, and keeps what it has of them.
 */
final class Absentees {
    private final Interest interest;
    private final Ledger ledger;
    private final Debts debts;
    private final Holds holds;
    private final Outstanding outstanding;

    Absentees(Interest interest, Ledger ledger, Debts debts, Holds holds, Outstanding outstanding) {
        this.interest = interest;
        this.ledger = ledger;
        this.debts = debts;
        this.holds = holds;
        this.outstanding = outstanding;
    }

    /**
     * Which of the names of a request, taken in before, the source has to be asked for.
     *
     * @param claimed names that the request says the client has from an earlier stream
     * @param first whether it is the stream's first for the type
     */
    Absent of(DeltaRequest request, Set<String> claimed, boolean first) {
        Absent absent = Absent.none();
        NavigableSet<String> unknown = first ? absent.listed() : absent.fresh();
        for (String name : request.subscribe()) {
            if (!interest.names(name) || outstanding.wants(name)) {
                continue;
            }
            if (holds.has(name)) {
                if (debts.withdraw(name)) {
                    holds.askAgain(name);
                }
            } else {
                boolean _ = (ledger.version(name) == null ? unknown : absent.claimed()).add(name);
            }
        }
        // What it holds and does not name, it was sent ahead, and its application may be using it.
        for (String name : claimed) {
            if (ledger.version(name) != null && !outstanding.wants(name) && !holds.has(name)) {
                absent.claimed().add(name);
            }
        }
        return absent;
    }

    /** Names that the latest change has taken out of what the client is to have, those too that it has given up. */
    NavigableSet<String> leaving() {
        return outstanding.leaving();
    }

    /** Holds the answer for these names back, and keeps what the client has of them, until the ticket is answered. */
    void hold(Demand demand) {
        demand.names().forEach(name -> holds.add(name, demand.ticket(), debts.withdraw(name)));
        outstanding.changed();
    }

    /** The source has taken into account what it was asked up to this ticket. */
    void answered(long ticket) {
        debts.withdrawIf(name -> holds.has(name) && !outstanding.wants(name)).forEach(holds::askAgain);
        holds.due(ticket, outstanding::wants).forEach(debts::owe);
        outstanding.look(holds.release(ticket));
    }

    /** Whether the client has something of which it is not known yet whether it is to keep it. */
    boolean keepsForNow() {
        return holds.any(name -> ledger.version(name) != null);
    }

    /** Whether the source was asked for this name and has not answered yet. */
    boolean awaits(String name) {
        return holds.has(name);
    }

    /** Whether the source was asked for names and has not answered yet. */
    boolean awaitsSource() {
        return holds.any();
    }
}
