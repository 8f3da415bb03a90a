package io.osmj.integration.ondemand;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmj.core.names.Ports;
import io.osmj.core.plan.Destination.Carriage;
import io.osmj.core.plan.Destination.Passthrough;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Egress is open. */
@Tag("netns")
class EgressTest {
    private static Lab lab;

    @BeforeAll
    static void start() {
        lab = new Lab(Lab.OPEN);
    }

    @AfterAll
    static void stop() {
        lab.close();
        assertThat(lab.controlPlane.nacks()).isEmpty();
    }

    @Test
    void whatIsOutsideTheRangesIsReachedWithoutAQuestion() {
        int tcp = lab.world.greeting("far away");
        int http = lab.world.http("far web");

        try (Client client = Client.dial(lab.pod, World.FAR, tcp)) {
            assertThat(client.greeting()).isEqualTo("far away");
        }
        assertThat(Client.get(lab.pod, World.FAR, http).body()).startsWith("far web");
        assertThat(lab.resolver.asked()).noneMatch(name -> name.contains(World.FAR));
    }

    /** Were it let through, the sidecar would dial itself until it has no connection left. */
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.0.0.2", Lab.POD_IP})
    void whoDialsTheListenerItselfIsClosedAndNotSentRound(String address) {
        lab.resolver.set(Lab.destination(address, Ports.OUTBOUND, Carriage.TCP, new Passthrough()));
        String connections = "listener.0.0.0.0_" + Ports.OUTBOUND + ".no_filter_chain_match";
        long before = Math.max(0, lab.sidecar.stat(connections));

        try (Client client = Client.dial(lab.pod, address, Ports.OUTBOUND)) {
            assertThat(client.greeting()).isEqualTo("closed");
        }
        assertThat(lab.sidecar.stat(connections)).isEqualTo(before + 1);
        assertThat(lab.sidecar.stat("listener.0.0.0.0_" + Ports.OUTBOUND + ".downstream_cx_active"))
                .isLessThanOrEqualTo(1);
        assertThat(lab.resolver.asked()).isEmpty();
    }
}
