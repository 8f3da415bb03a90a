package io.osmj.xds.serve;

import io.osmj.core.identity.ProxyIdentity;

/** Says who a proxy is, from the bearer token of its stream and from nothing else. */
@FunctionalInterface
public interface Authenticator {
    /**
     * Judges a token, once for each stream that opens. Called on a thread kept for this, so it may block on the network; it
     * must give up by itself (after some seconds) with {@link Unavailable}. It may be called by many streams at once.
     *
     * @param token the token without the word {@code Bearer}; never to be logged
     */
    Verdict authenticate(String token);

    /** What became of it. The texts reach the proxy's log, so they hold no secret. */
    sealed interface Verdict {}

    /** The token is good and names this proxy. */
    record Accepted(ProxyIdentity proxy) implements Verdict {}

    /** The token proves nothing: forged, expired, of another audience (gRPC UNAUTHENTICATED). */
    record Refused(String reason) implements Verdict {}

    /** The token is good, but this caller gets no configuration: its pod is gone or not in the mesh (PERMISSION_DENIED). */
    record Forbidden(String reason) implements Verdict {}

    /** It could not be found out now; the proxy tries again (UNAVAILABLE). */
    record Unavailable(String reason) implements Verdict {}
}
