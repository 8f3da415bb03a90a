package io.osmj.core.policy;

/** What callers from outside the mesh speak, and what they have to show. */
public enum IngressProtocol {
    /** HTTP as it is. The address that a caller comes from is all there is to tell it by. */
    HTTP,
    /** HTTP by TLS, without a certificate of the caller's being asked for. */
    HTTPS,
    /** HTTP by TLS, with a certificate of the mesh on both sides. */
    MUTUAL_HTTPS;

    /** Whether it is TLS. */
    public boolean tls() {
        return this != HTTP;
    }
}
