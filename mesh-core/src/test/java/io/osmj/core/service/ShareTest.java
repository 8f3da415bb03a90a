package io.osmj.core.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmj.core.identity.ServiceAccount;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ShareTest {
    private static final Endpoint ONE = endpoint(1);
    private static final Endpoint TWO = endpoint(2);
    private static final Endpoint NEXT = endpoint(3);

    private static Endpoint endpoint(int number) {
        return new Endpoint("10.244.0." + number, 80, new ServiceAccount("shop", "orders"), true);
    }

    @Test
    void aShareIsDividedAmongItsEndpoints() {
        assertThat(Share.parts(
                        List.of(share("orders", 80, ONE, TWO), share("orders-v2", 20, NEXT)), List.of(ONE, TWO, NEXT)))
                .isEqualTo(Map.of(ONE, 400_000, TWO, 400_000, NEXT, 200_000));
    }

    @Test
    void anEndpointOfTwoSharesHasAPartOfEach() {
        assertThat(Share.parts(
                        List.of(share("orders", 80, ONE, NEXT), share("orders-v2", 20, NEXT)), List.of(ONE, NEXT)))
                .isEqualTo(Map.of(ONE, 400_000, NEXT, 600_000));
    }

    @Test
    void aShareThatNobodyMayBeCalledOfIsLeftToTheOthers() {
        List<Share> shares =
                List.of(share("orders", 60, ONE), share("orders-v2", 30, TWO), share("orders-v3", 10, NEXT));

        assertThat(Share.parts(shares, List.of(TWO, NEXT))).isEqualTo(Map.of(TWO, 750_000, NEXT, 250_000));
        assertThat(Share.parts(shares, List.of(ONE))).isEqualTo(Map.of(ONE, 1_000_000));
    }

    @Test
    void onlyAShareWithoutWeightGetsNothing() {
        assertThat(Share.parts(
                        List.of(share("orders", 10_000_000, ONE), share("orders-v2", 1, TWO), share("v3", 0, NEXT)),
                        List.of(ONE, TWO, NEXT)))
                .containsEntry(TWO, 1)
                .containsEntry(NEXT, 0);
    }

    private static Share share(String service, double weight, Endpoint... endpoints) {
        return new Share(service, weight, List.of(endpoints));
    }
}
