package io.osmj.controlplane.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.authentication.TokenReviewStatus;
import io.fabric8.kubernetes.api.model.authentication.TokenReviewStatusBuilder;
import io.osmj.core.identity.ProxyIdentity;
import io.osmj.core.identity.ServiceAccount;
import io.osmj.xds.serve.Authenticator.Accepted;
import io.osmj.xds.serve.Authenticator.Refused;
import io.osmj.xds.serve.Authenticator.Verdict;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReviewedTokenTest {
    private static final Map<String, List<String>> BOUND = Map.of(
            "authentication.kubernetes.io/pod-name", List.of("web-1"),
            "authentication.kubernetes.io/pod-uid", List.of("u1"));

    private static TokenReviewStatus status(String username, Map<String, List<String>> extra) {
        return new TokenReviewStatusBuilder()
                .withAuthenticated(true)
                .withAudiences("osm-controller")
                .withNewUser()
                .withUsername(username)
                .withExtra(extra)
                .endUser()
                .build();
    }

    private static Verdict read(TokenReviewStatus status) {
        return ReviewedToken.read(status, "osm-controller");
    }

    @Test
    void aBoundTokenNamesItsPodAndAnAccountMayHoldDots() {
        assertThat(read(status("system:serviceaccount:shop:web.v1.2", BOUND)))
                .isEqualTo(new Accepted(new ProxyIdentity(new ServiceAccount("shop", "web.v1.2"), "web-1", "u1")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "system:serviceaccount:shop",
                "system:serviceaccount:shop:",
                "system:serviceaccount::web",
                "system:serviceaccount:shop:web:admin",
                "system:node:web",
                "shop:web",
                ""
            })
    void whatIsNotExactlyOneAccountIsRefused(String username) {
        assertThat(read(status(username, BOUND))).isInstanceOf(Refused.class);
    }

    @Test
    void aTokenThatIsNotBoundToAPodIsRefused() {
        assertThat(read(status("system:serviceaccount:shop:web", Map.of()))).isInstanceOf(Refused.class);
        assertThat(read(status(
                        "system:serviceaccount:shop:web",
                        Map.of("authentication.kubernetes.io/pod-name", List.of("web-1")))))
                .isInstanceOf(Refused.class);
    }

    @Test
    void aServerThatDoesNotAnswerForTheAudienceProvesNothing() {
        TokenReviewStatus other = status("system:serviceaccount:shop:web", BOUND);
        other.setAudiences(List.of("somebody-else"));
        TokenReviewStatus none = status("system:serviceaccount:shop:web", BOUND);
        none.setAudiences(null);

        assertThat(read(other)).isInstanceOf(Refused.class);
        assertThat(read(none)).isInstanceOf(Refused.class);
    }

    @Test
    void aTokenThatIsNotAcceptedIsRefused() {
        TokenReviewStatus status = status("system:serviceaccount:shop:web", BOUND);
        status.setAuthenticated(null);

        assertThat(read(status)).isInstanceOf(Refused.class);
    }
}
