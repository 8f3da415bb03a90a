package io.osmj.dapr.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComponentBackendsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "state.redis | redisHost | redis-master.dapr-test:6379 | redis-master.dapr-test | 6379",
                "state.redis | redisHost | redis-master | redis-master | 6379",
                "pubsub.redis | redisHost | redis:6380 | redis | 6380",
                "state.etcd | endpoints | etcd.db:2379 | etcd.db | 2379",
                "state.mysql | connectionString | app:s3cret@tcp(mysql.db:3307)/ | mysql.db | 3307",
                "state.postgresql | connectionString | host=pg.db user=a password=b port=5433 database=c | pg.db | 5433",
                "state.postgresql.v2 | connectionString | postgres://a:12345@pg.db:5432/c?x=y | pg.db | 5432",
                "bindings.kafka | brokers | kafka-0.kafka:9092 | kafka-0.kafka | 9092",
                "pubsub.rabbitmq | connectionString | amqp://user:7777@rabbit:5672 | rabbit | 5672",
                "secretstores.hashicorp.vault | vaultAddr | https://vault.default:8200 | vault.default | 8200"
            })
    void readsHostAndPort(String type, String setting, String value, String host, int port) {
        assertThat(ComponentBackends.of(component(type, Map.of(setting, value))))
                .hasValueSatisfying(backends -> assertThat(backends).containsExactly(new Backend(host, port)));
    }

    @Test
    void namesEveryServerOfAList() {
        var component = component("pubsub.kafka", Map.of("brokers", "a:9092, b:9093,c:9094"));

        assertThat(ComponentBackends.of(component).orElseThrow())
                .extracting(Backend::port)
                .containsExactly(9092, 9093, 9094);
    }

    @Test
    void knowsThePortOfATechnologyWhoseAddressIsSecret() {
        assertThat(ComponentBackends.of(component("state.mysql", Map.of())).orElseThrow())
                .containsExactly(new Backend("", 3306));
    }

    @Test
    void aStoreInsideDaprdNeedsNothing() {
        assertThat(ComponentBackends.of(component("state.in-memory", Map.of())))
                .hasValueSatisfying(backends -> assertThat(backends).isEmpty());
    }

    @Test
    void saysWhenItDoesNotKnowAType() {
        assertThat(ComponentBackends.of(component("state.azure.cosmosdb", Map.of("url", "https://x:443/"))))
                .isEmpty();
    }

    @Test
    void aScopedComponentIsLoadedByItsAppsOnly() {
        var scoped = new DaprComponent("dapr-test", "store", "state.redis", Map.of(), List.of("nodeapp"));

        assertThat(scoped.loadedBy("dapr-test", "nodeapp")).isTrue();
        assertThat(scoped.loadedBy("dapr-test", "pythonapp")).isFalse();
        assertThat(scoped.loadedBy("elsewhere", "nodeapp")).isFalse();
    }

    private static DaprComponent component(String type, Map<String, String> metadata) {
        return new DaprComponent("dapr-test", "component", type, metadata, List.of());
    }
}
