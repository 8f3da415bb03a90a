package io.osmj.xds.serve;

/** The two ways of xDS to say what a client is to have. */
enum Protocol {
    /** By what is new, changed or gone. */
    DELTA,
    /** By all there is of a type; of types that something else refers to, by what is new or changed. */
    STATE_OF_THE_WORLD
}
