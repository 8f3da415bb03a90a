package io.osmj.controlplane.identity;

import io.fabric8.kubernetes.api.model.authentication.TokenReview;
import io.fabric8.kubernetes.api.model.authentication.TokenReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.osmj.xds.serve.Authenticator;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the API server whom a token belongs to. The token of a deleted pod is refused there at once, so a good answer is
 * believed for some seconds only.
 */
public final class TokenReviewer implements Authenticator {
    private static final Logger LOG = LoggerFactory.getLogger(TokenReviewer.class);
    private static final Duration GOOD_FOR = Duration.ofSeconds(5);

    /** Long enough to spare the API server a proxy that tries in a loop, short enough not to be noticed. */
    private static final Duration BAD_FOR = Duration.ofMillis(500);

    private final KubernetesClient client;
    private final String audience;
    private final VerdictCache verdicts;

    /**
     * A reviewer.
     *
     * @param client that gives up after some seconds, because a stream waits meanwhile
     * @param audience that a token must be made for
     */
    public TokenReviewer(KubernetesClient client, String audience, InstantSource clock) {
        this.client = client;
        this.audience = audience;
        this.verdicts = new VerdictCache(clock);
    }

    @Override
    public Verdict authenticate(String token) {
        return verdicts.find(token).orElseGet(() -> review(token));
    }

    private Verdict review(String token) {
        try {
            TokenReview answer = client.tokenReviews().create(request(token));
            Verdict verdict = ReviewedToken.read(answer.getStatus(), audience);
            verdicts.put(token, verdict, verdict instanceof Accepted ? GOOD_FOR : BAD_FOR);
            return verdict;
        } catch (KubernetesClientException e) {
            LOG.warn("The API server cannot be asked about a token: code {}", e.getCode());
            return new Unavailable("the API server cannot be asked about the token now");
        }
    }

    private TokenReview request(String token) {
        return new TokenReviewBuilder()
                .withNewSpec()
                .withToken(token)
                .withAudiences(audience)
                .endSpec()
                .build();
    }
}
