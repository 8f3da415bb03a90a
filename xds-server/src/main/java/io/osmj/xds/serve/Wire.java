package io.osmj.xds.serve;

import io.osmj.xds.resource.ResourceType;
import java.util.Optional;

/**
 * One stream's requests and responses in their wire form.
 *
 * @param <Q> the message a client sends
 * @param <R> the message it is answered with
 */
interface Wire<Q, R> {
    /** So many bytes of a request cost as much as a name in it; compressed they may come cheaply. */
    int BYTES_OF_A_NAME = 100;

    /** How it is spoken. */
    Protocol protocol();

    /** Who the client says it is; may be empty. */
    String node(Q request);

    String typeUrl(Q request);

    /** How much of it there is to look at, counted in names: those in it, and its bytes if these are more than names come to. */
    int weight(Q request);

    /** What the request says; to be called once for each, in their order. */
    DeltaRequest read(ResourceType type, Q request);

    /** The answer in its wire form; empty if this protocol has no words for it, so that nobody will acknowledge it. */
    Optional<R> write(DeltaAnswer answer);

    /**
     * The answer to a request for a type of which this server has nothing; empty if there is no need for one.
     *
     * @param count of such requests so far
     */
    Optional<R> nothing(Q request, long count);

    /** How many resources are in it. */
    int resources(R response);

    /** Its size, before compression. */
    int bytes(R response);
}
