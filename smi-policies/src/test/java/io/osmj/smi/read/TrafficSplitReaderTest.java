package io.osmj.smi.read;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.osmj.core.policy.SplitRule;
import io.osmj.core.problem.Outcome;
import io.osmj.core.problem.ProblemCode;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrafficSplitReaderTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "orders",
                "orders.shop",
                "orders.shop.svc",
                "orders.shop.svc.cluster",
                "orders.shop.svc.cluster.local"
            })
    void everyNameOfAServiceIsTaken(String name) {
        assertThat(read(name, "[{'service': 'orders.shop', 'weight': 1}, {'service': 'orders-v2', 'weight': 0.5}]"))
                .satisfies(read -> {
                    assertThat(read.problems()).isEmpty();
                    SplitRule rule = read.value().orElseThrow();
                    assertThat(rule.namespace()).isEqualTo("shop");
                    assertThat(rule.service()).isEqualTo("orders");
                    assertThat(rule.backends())
                            .isEqualTo(List.of(
                                    new SplitRule.Backend("orders", 1), new SplitRule.Backend("orders-v2", 0.5)));
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | [{'service': 'a', 'weight': 1}] | M1005 | spec.service",
                "orders.other | [{'service': 'a', 'weight': 1}] | M1005 | spec.service",
                "orders.shopping | [{'service': 'a', 'weight': 1}] | M1005 | spec.service",
                "orders | [{'service': 'a', 'weight': 1}, {'service': 'a.shop', 'weight': 1}] | M2011 | spec.backends[1].service",
                "orders | [{'service': 'a', 'weight': 1}, {'weight': 1}] | M1005 | spec.backends[1].service",
                "orders | [{'service': 'a', 'weight': 1}, {'service': 'b', 'weight': -1}] | M2013 | spec.backends[1].weight",
                "orders | [{'service': 'a', 'weight': 0}] | M2013 | spec.backends",
                "orders | [] | M2013 | spec.backends"
            })
    void whatHasAFaultTakesNoEffect(String service, String backends, ProblemCode code, String field) {
        Outcome<Optional<SplitRule>> read = read(service, backends);

        assertThat(read.value()).isEmpty();
        assertThat(read.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(code);
            assertThat(problem.field()).isEqualTo(field);
        });
    }

    @Test
    void anObjectOfAnyShapeIsRead() {
        assertThat(read("orders", "{'a': 1}").value()).isEmpty();
        assertThat(read("orders", "7").value()).isEmpty();
        assertThat(read("orders", "[7, [], null]").value()).isEmpty();
    }

    private static Outcome<Optional<SplitRule>> read(String service, String backends) {
        try {
            return TrafficSplitReader.read(
                    new ObjectMapper().readTree("""
                    {"kind": "TrafficSplit", "metadata": {"namespace": "shop", "name": "split"},
                     "spec": {"service": "%s", "backends": %s}}""".formatted(service, backends.replace('\'', '"'))));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
