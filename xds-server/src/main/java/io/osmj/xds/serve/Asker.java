package io.osmj.xds.serve;

/** A client that asks for names of all types on one stream, as far as it is known what it asks for. */
interface Asker {
    /** What becomes of a name that is to be forgotten. */
    enum Fate {
        FORGOTTEN,

        /** There is something of that name. */
        EXISTS,

        /** The client is still to be told that what it has is gone, or to be answered. */
        NOT_YET
    }

    /** Whether it asks for this very name, as far as is remembered. */
    boolean asks(AskedName name);

    /** Whether it is to have something of that name. */
    boolean has(AskedName name);

    /** Forgets, if it may be, that it asks for the name. */
    Fate forget(AskedName name);
}
