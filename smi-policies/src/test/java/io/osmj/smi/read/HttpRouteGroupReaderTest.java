package io.osmj.smi.read;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.re2j.Pattern;
import io.osmj.core.policy.HttpMatch;
import io.osmj.core.problem.Outcome;
import io.osmj.core.problem.Problem;
import io.osmj.core.problem.ProblemCode;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpRouteGroupReaderTest {
    @ParameterizedTest
    @CsvSource({
        "orders.shop, orders.shop, true",
        "orders.shop, orders.shop:14001, true",
        "orders.shop, orders.shop.evil, false",
        "orders.shop, orders.shop:14001.evil, false",
        "orders.shop:80, orders.shop:80, true",
        "orders.shop:80, orders.shop, false",
        "a|b, a:80, true",
        "a|b, b, true"
    })
    void aHostIsMetWithAndWithoutItsPort(String host, String authority, boolean met) {
        HttpMatch match = requireNonNull(read(host).value().matches().get("all"));

        assertThat(Pattern.matches(requireNonNull(match.values().get("host")), authority))
                .isEqualTo(met);
    }

    @Test
    void aHostThatIsAnExpressionOnlyWithinAnotherIsRefused() {
        assertThat(read("a)|(?:.*").problems()).extracting(Problem::code).containsExactly(ProblemCode.M2008);
    }

    @Test
    void aHostThatEnvoyTakesOnlyWithoutItsPortIsRefused() {
        String large = "a".repeat(95);

        assertThat(Regex.fault(large)).isEmpty();
        assertThat(read(large).problems()).extracting(Problem::code).containsExactly(ProblemCode.M2008);
    }

    private static Outcome<HttpRouteGroup> read(String host) {
        JsonNode group = new ObjectMapper()
                .valueToTree(Map.of(
                        "metadata", Map.of("namespace", "shop", "name", "routes"),
                        "spec",
                                Map.of("matches", new Object[] {Map.of("name", "all", "headers", Map.of("host", host))
                                })));
        return HttpRouteGroupReader.read(group);
    }
}
