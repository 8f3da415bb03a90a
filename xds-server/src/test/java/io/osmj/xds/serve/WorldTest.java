package io.osmj.xds.serve;

import static io.osmj.xds.resource.ResourceType.CLUSTER;
import static io.osmj.xds.resource.ResourceType.ENDPOINT;
import static io.osmj.xds.resource.ResourceType.LISTENER;
import static io.osmj.xds.resource.ResourceType.ROUTE;
import static io.osmj.xds.serve.Samples.cluster;
import static io.osmj.xds.serve.Samples.endpoints;
import static io.osmj.xds.serve.Samples.listener;
import static io.osmj.xds.serve.Samples.route;
import static io.osmj.xds.serve.WorldDriver.brief;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmj.xds.resource.EnvoyResource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a state-of-the-world client is sent for what it asks. */
final class WorldTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void clustersAndListenersAreToldAsAWhole() {
        WorldDriver client = WorldDriver.with(cluster("a", 1), cluster("b", 1), listener("l", 1, "r"));
        client.ask(CLUSTER);
        client.ask(LISTENER);
        assertThat(brief(client.settle())).containsExactly("CLUSTER a b", "LISTENER l");
        client.set(cluster("a", 1), cluster("b", 2), cluster("c", 1), listener("l", 1, "r"));
        assertThat(brief(client.settle())).containsExactly("CLUSTER a b c");
    }

    @Test
    void routesAndEndpointsOnlyWhenTheyChange() {
        WorldDriver client = WorldDriver.with(endpoints("a", 1), endpoints("b", 1), route("r", "a"));
        client.ask(ENDPOINT, "a", "b");
        client.ask(ROUTE, "r");
        assertThat(brief(client.settle())).containsExactly("ENDPOINT a b", "ROUTE r");
        client.set(endpoints("a", 2), endpoints("b", 1), route("r", "a"));
        assertThat(brief(client.settle())).containsExactly("ENDPOINT a");
        client.pass(SECOND);
        client.set(endpoints("a", 2));
        assertThat(client.settle()).isEmpty();
        client.set(endpoints("a", 2), endpoints("b", 1));
        assertThat(brief(client.settle())).containsExactly("ENDPOINT b");
    }

    @Test
    void nothingIsAnsweredBeforeTheSetIsKnown() {
        WorldDriver client = new WorldDriver();
        client.ask(CLUSTER);
        assertThat(client.settle()).isEmpty();
        client.set();
        assertThat(brief(client.settle())).containsExactly("CLUSTER");
    }

    @Test
    void aNameIsRememberedUntilItExists() {
        WorldDriver client = WorldDriver.with(endpoints("a", 1));
        client.ask(ENDPOINT, "a", "b");
        assertThat(brief(client.settle())).containsExactly("ENDPOINT a");
        client.set(endpoints("a", 1), endpoints("b", 1));
        assertThat(brief(client.settle())).containsExactly("ENDPOINT b");
    }

    @Test
    void newNamesAreAnsweredAndUnchangedOnesAreNot() {
        WorldDriver client = WorldDriver.with(endpoints("a", 1), endpoints("b", 1));
        client.ask(ENDPOINT, "a");
        client.settle();
        client.ask(ENDPOINT, "a", "b");
        assertThat(brief(client.settle())).containsExactly("ENDPOINT b");
        client.ask(ENDPOINT, "b", "b");
        client.set(endpoints("a", 2), endpoints("b", 1));
        assertThat(client.settle()).isEmpty();
    }

    @Test
    void anEmptyListAsksForAllOnlyIfNoNameWasEverGiven() {
        WorldDriver client = WorldDriver.with(cluster("a", 1), cluster("b", 1));
        client.ask(CLUSTER);
        client.settle();
        client.ask(CLUSTER);
        client.set(cluster("a", 2), cluster("b", 1));
        assertThat(brief(client.settle())).containsExactly("CLUSTER a b");
        client.ask(CLUSTER, "a");
        client.settle();
        client.set(cluster("a", 3), cluster("b", 3));
        assertThat(brief(client.settle())).containsExactly("CLUSTER a");
        client.ask(CLUSTER);
        client.set(cluster("a", 4), cluster("b", 4));
        assertThat(client.settle()).isEmpty();
        client.ask(CLUSTER, "*");
        assertThat(brief(client.settle())).containsExactly("CLUSTER a b");
    }

    @Test
    void aStaleNonceIsNotHeard() {
        WorldDriver client = WorldDriver.with(endpoints("a", 1), endpoints("b", 1));
        client.ask(ENDPOINT, "a");
        client.settle();
        client.names.put(ENDPOINT, List.of("b"));
        client.send(ENDPOINT, "another", Optional.empty());
        client.send(ENDPOINT, "another", Optional.of("no"));
        assertThat(client.settle()).isEmpty();
        client.set(endpoints("a", 2), endpoints("b", 1));
        assertThat(brief(client.settle())).containsExactly("ENDPOINT a", "ENDPOINT b");
        assertThat(client.nacks).isEmpty();
    }

    @Test
    void aFirstRequestWithAnotherServersNonceIsAnsweredInFull() {
        WorldDriver client = WorldDriver.with(cluster("a", 1), endpoints("a", 1));
        client.send(CLUSTER, "1", Optional.empty());
        client.names.put(ENDPOINT, List.of("a"));
        client.send(ENDPOINT, "istiod-42", Optional.of("refused elsewhere"));
        assertThat(brief(client.settle())).containsExactly("CLUSTER a", "ENDPOINT a");
        assertThat(client.nacks).isEmpty();
    }

    @Test
    void versionsAreOfContentOnly() {
        WorldDriver one = WorldDriver.with(cluster("a", 1), cluster("b", 1));
        one.ask(CLUSTER);
        String version = one.settle().getLast().version();
        WorldDriver other = WorldDriver.with(cluster("b", 1));
        other.ask(CLUSTER);
        assertThat(other.settle().getLast().version()).isNotEqualTo(version);
        other.set(cluster("b", 1), cluster("a", 1));
        assertThat(other.settle().getLast().version()).isEqualTo(version).isNotEmpty();
    }

    @Test
    void makeBeforeBreak() {
        WorldDriver client =
                WorldDriver.with(cluster("old", 1), endpoints("old", 1), listener("l", 1, "r"), route("r", "old"));
        client.ask(CLUSTER);
        client.ask(ENDPOINT, "old");
        client.ask(LISTENER);
        client.ask(ROUTE, "r");
        client.settle();
        client.pass(SECOND);
        client.set(cluster("new", 1), endpoints("new", 1), listener("l", 1, "r"), route("r", "new"));
        assertThat(brief(client.settle())).containsExactly("CLUSTER new old", "ROUTE r", "CLUSTER new");
    }

    @Test
    void aChangedClusterIsFollowedByItsEndpoints() {
        WorldDriver client = WorldDriver.with(cluster("a", 1), endpoints("a", 1), cluster("b", 1), endpoints("b", 1));
        client.ask(CLUSTER);
        client.settle();
        client.ask(ENDPOINT, "a", "b");
        client.settle();
        client.set(cluster("a", 2), endpoints("a", 1), cluster("b", 1), endpoints("b", 1));
        assertThat(brief(client.settle())).containsExactly("CLUSTER a b", "ENDPOINT a");
    }

    @Test
    void theOneAtFaultIsFoundAndLeftOut() {
        List<EnvoyResource> clusters = new ArrayList<>();
        for (int number = 0; number < 50; number++) {
            clusters.add(cluster("c" + number, 1));
        }
        WorldDriver client = WorldDriver.with(clusters.toArray(EnvoyResource[]::new));
        client.ask(CLUSTER);
        client.settle(resource -> resource.name().equals("c33"));
        assertThat(client.nacks.getLast().names()).containsExactly("c33");
        assertThat(client.nacks).hasSizeLessThan(9);
        assertThat(client.content(CLUSTER)).hasSize(49);

        clusters.set(0, cluster("c0", 2));
        client.set(clusters.toArray(EnvoyResource[]::new));
        assertThat(client.settle(resource -> resource.name().equals("c33"))).hasSize(1);
        clusters.set(33, cluster("c33", 2));
        client.set(clusters.toArray(EnvoyResource[]::new));
        client.settle();
        assertThat(client.content(CLUSTER)).hasSize(50);
    }

    @Test
    void aWholeWaitsForTheSource() {
        WorldDriver client = WorldDriver.with(cluster("a", 1));
        client.ask(CLUSTER, "a", "b");
        assertThat(client.settle()).isEmpty();
        client.answer(1, cluster("a", 1), cluster("b", 1));
        assertThat(brief(client.settle())).containsExactly("CLUSTER a b");
    }

    @Test
    void aWholeIsNeverCut() {
        List<EnvoyResource> clusters = new ArrayList<>();
        for (int number = 0; number < 2_000; number++) {
            clusters.add(cluster("c".repeat(2_000) + number, 1));
        }
        WorldDriver client = WorldDriver.with(clusters.toArray(EnvoyResource[]::new));
        client.ask(CLUSTER);
        assertThat(client.settle())
                .singleElement()
                .satisfies(answer -> assertThat(answer.resources()).hasSize(2_000));
    }
}
