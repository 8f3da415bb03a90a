package io.osmj.controlplane.identity;

import io.fabric8.kubernetes.api.model.authentication.TokenReviewStatus;
import io.fabric8.kubernetes.api.model.authentication.UserInfo;
import io.osmj.core.identity.ProxyIdentity;
import io.osmj.core.identity.ServiceAccount;
import io.osmj.xds.serve.Authenticator.Accepted;
import io.osmj.xds.serve.Authenticator.Refused;
import io.osmj.xds.serve.Authenticator.Verdict;
import java.util.List;
import java.util.Map;

/** Reads the API server's answer about a token. Pure. */
final class ReviewedToken {
    static final String ACCOUNT = "system:serviceaccount:";
    private static final String POD_NAME = "authentication.kubernetes.io/pod-name";
    private static final String POD_UID = "authentication.kubernetes.io/pod-uid";

    private ReviewedToken() {}

    /**
     * What the answer proves.
     *
     * @param status of the TokenReview
     * @param audience that was asked for; an answer without it comes from a server that does not check audiences
     */
    static Verdict read(TokenReviewStatus status, String audience) {
        if (!Boolean.TRUE.equals(status.getAuthenticated())) {
            return new Refused("the API server does not accept the token");
        }
        if (status.getAudiences() == null || !status.getAudiences().contains(audience)) {
            return new Refused("the token is not made for the audience '" + audience + "'");
        }
        UserInfo user = status.getUser();
        String pod = extra(user, POD_NAME);
        String uid = extra(user, POD_UID);
        if (pod.isEmpty() || uid.isEmpty()) {
            return new Refused("the token is not bound to a pod; use a projected service account token");
        }
        return account(user.getUsername(), pod, uid);
    }

    /** The name may hold dots but no colon, so exactly two parts follow the prefix. */
    private static Verdict account(String username, String pod, String uid) {
        if (username == null || !username.startsWith(ACCOUNT)) {
            return new Refused("the token is not that of a service account");
        }
        List<String> parts = List.of(username.substring(ACCOUNT.length()).split(":", -1));
        if (parts.size() != 2 || parts.contains("")) {
            return new Refused("the token does not name one service account");
        }
        return new Accepted(new ProxyIdentity(new ServiceAccount(parts.getFirst(), parts.getLast()), pod, uid));
    }

    private static String extra(UserInfo user, String key) {
        Map<String, List<String>> extra = user.getExtra() == null ? Map.of() : user.getExtra();
        List<String> values = extra.getOrDefault(key, List.of());
        return values.size() == 1 ? values.getFirst() : "";
    }
}
