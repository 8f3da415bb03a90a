package io.osmj.core.identity;

/**
 * Who is at the other end of an xDS stream, as the API server vouches for it by TokenReview.
 *
 * @param account the service account the token was issued to
 * @param pod the name of the pod the token is bound to, in the account's namespace
 * @param podUid the UID of that pod; a pod made anew under the same name has another one
 */
public record ProxyIdentity(ServiceAccount account, String pod, String podUid) {}
