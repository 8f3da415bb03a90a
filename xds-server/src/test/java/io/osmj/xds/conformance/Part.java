package io.osmj.xds.conformance;

/** Where a scenario comes from. */
public enum Part {
    /** Of the outside suite: who asks gets it, and is told of changes. */
    ASKING,
    /** Of the outside suite: who gives up is told no more. That suite cannot tell in time whether it was heard; this one can. */
    GIVING_UP,
    /** What the outside suite does not ask: refusals, nonces, clients that come back, secrets. */
    BEYOND
}
