package io.osmj.xds.serve;

import io.osmj.xds.resource.ResourceType;

/** The two ways of xDS to say what a client is to have. */
enum Protocol {
    /** By what is new, changed or gone. */
    DELTA,
    /** By all there is of a type; of types that something else refers to, by what is new or changed. */
    STATE_OF_THE_WORLD;

    /** Whether each response of the type holds all there is, so that what is not in it is taken away. */
    boolean tellsWhole(ResourceType type) {
        return this == STATE_OF_THE_WORLD && type.wildcard();
    }
}
