package io.osmj.xds.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ResourceSetTest {
    private final EnvoyResource a = cluster("a", "");
    private final EnvoyResource b = cluster("b", "");
    private final EnvoyResource endpoints = EnvoyResource.of(
            ResourceType.ENDPOINT,
            "a",
            ClusterLoadAssignment.newBuilder().setClusterName("a").build());

    @Test
    void orderDoesNotMatter() {
        ResourceSet set = ResourceSet.of(List.of(b, endpoints, a));

        assertThat(set)
                .isEqualTo(ResourceSet.of(List.of(a, b, endpoints)))
                .hasToString(List.of(a, b, endpoints).toString());
        assertThat(set.of(ResourceType.CLUSTER).keySet()).containsExactly("a", "b");
        assertThat(set.of(ResourceType.LISTENER)).isEmpty();
        assertThat(set.size()).isEqualTo(3);
        assertThat(set).isNotEqualTo(ResourceSet.of(List.of(a, endpoints))).isNotEqualTo(ResourceSet.empty());
    }

    @Test
    void oneNameHasOneContent() {
        assertThat(ResourceSet.of(List.of(a, cluster("a", "")))).isEqualTo(ResourceSet.of(List.of(a)));
        assertThatThrownBy(() -> ResourceSet.of(List.of(a, cluster("a", "other"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("CLUSTER a");
    }

    private static EnvoyResource cluster(String name, String statName) {
        return EnvoyResource.of(
                ResourceType.CLUSTER,
                name,
                Cluster.newBuilder().setName(name).setAltStatName(statName).build());
    }
}
