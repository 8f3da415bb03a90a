package io.osmj.xds.serve;

/** What a client said of the latest response of a type that it has answered. */
enum LastAnswer {
    NONE,
    ACCEPTED,
    REFUSED
}
