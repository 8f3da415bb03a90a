package io.osmj.xds.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NamedResourcesTest {
    private static final int MANY = 1_000;

    private static EnvoyResource cluster(int number) {
        String name = "c" + number;
        return EnvoyResource.of(
                ResourceType.CLUSTER, name, Cluster.newBuilder().setName(name).build());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2})
    void addedOneByOneItIsAsMadeAtOnceAndWhatWasBeforeIsAsItWas(long seed) {
        List<EnvoyResource> resources = new ArrayList<>(
                IntStream.range(0, MANY).mapToObj(NamedResourcesTest::cluster).toList());
        if (seed > 0) {
            Collections.shuffle(resources, new Random(seed));
        }
        NavigableMap<String, EnvoyResource> expected = new TreeMap<>();
        ResourceSet set = ResourceSet.empty();
        for (EnvoyResource resource : resources) {
            ResourceSet before = set;
            Map<String, EnvoyResource> had = Map.copyOf(expected);
            set = set.with(List.of(resource));
            if (expected.size() % 50 == 0) {
                assertThat(before.of(ResourceType.CLUSTER)).isEqualTo(had);
            }
            expected.put(resource.name(), resource);
        }

        NavigableMap<String, EnvoyResource> clusters = set.of(ResourceType.CLUSTER);
        assertThat(set).isEqualTo(ResourceSet.of(resources)).hasSameHashCodeAs(ResourceSet.of(resources));
        assertThat(clusters).isEqualTo(expected).hasSameHashCodeAs(expected);
        assertThat(clusters.values()).containsExactlyElementsOf(expected.values());
        assertThat(expected)
                .isEqualTo(clusters)
                .allSatisfy((name, resource) -> assertThat(clusters.get(name)).isSameAs(resource));
        assertThat(clusters.get("c" + MANY)).isNull();
    }

    /** An AVL tree of n nodes is at most 1.44 times as high as log2 n. */
    @Test
    void whoeverAsksInOrderDoesNotMakeItALongList() {
        Branch tree = Branch.with(null, cluster(1_000_000));
        for (int number = 1; number < MANY; number++) {
            tree = Branch.with(tree, cluster(1_000_000 + number));
        }
        assertThat(tree.height()).isLessThanOrEqualTo(14);
    }

    @Test
    void whatIsThereAlreadyIsNoChangeAndAnotherOfItsNameIsRefused() {
        ResourceSet set = ResourceSet.of(List.of(cluster(1)));
        assertThat(set.with(List.of(cluster(1)))).isSameAs(set);

        EnvoyResource other = EnvoyResource.of(
                ResourceType.CLUSTER,
                "c1",
                Cluster.newBuilder().setName("c1").setAltStatName("other").build());
        assertThatThrownBy(() -> set.with(List.of(other)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("CLUSTER c1");
    }

    @Test
    void itIsASortedMapLikeAnyOther() {
        List<EnvoyResource> resources =
                IntStream.range(0, 9).mapToObj(NamedResourcesTest::cluster).toList();
        NavigableMap<String, EnvoyResource> named = ResourceSet.of(resources).of(ResourceType.CLUSTER);

        assertThat(named.firstKey()).isEqualTo("c0");
        assertThat(named.lastEntry().getValue()).isSameAs(resources.getLast());
        assertThat(named.higherKey("c3")).isEqualTo("c4");
        assertThat(named.floorKey("c33")).isEqualTo("c3");
        assertThat(named.headMap("c2").keySet()).containsExactly("c0", "c1");
        assertThat(named.tailMap("c7", false).keySet()).containsExactly("c8");
        assertThat(named.descendingMap().firstKey()).isEqualTo("c8");
        assertThatThrownBy(named::pollFirstEntry).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(named::clear).isInstanceOf(UnsupportedOperationException.class);
    }
}
