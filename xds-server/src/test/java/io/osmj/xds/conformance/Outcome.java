package io.osmj.xds.conformance;

import java.util.List;

/**
 * What came of a case.
 *
 * @param miss what the server did wrong; empty if nothing
 * @param log what went over the wire, in order
 */
public record Outcome(Case played, String miss, List<String> log) {
    /** Whether all was as it has to be. */
    public boolean passed() {
        return miss.isEmpty();
    }

    /** The miss and the wire log, in lines. */
    public String told() {
        return played + "\n  " + miss + "\n    " + String.join("\n    ", log);
    }
}
