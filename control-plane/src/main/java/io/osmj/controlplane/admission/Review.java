package io.osmj.controlplane.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * One question of the API server.
 *
 * @param uid to be given back
 * @param kind of the object, for example {@code Pod}
 * @param group of the kind, empty for the core
 * @param operation {@code CREATE}, {@code UPDATE}, {@code DELETE} or {@code CONNECT}
 * @param subresource empty for the object itself
 * @param namespace where the object is or will be; the object itself may leave it out
 * @param object as it would be stored; none when it is deleted
 * @param dryRun whether it is not going to be stored anyway
 */
record Review(
        String uid,
        String group,
        String kind,
        String operation,
        String subresource,
        String namespace,
        @Nullable ObjectNode object,
        boolean dryRun) {}
