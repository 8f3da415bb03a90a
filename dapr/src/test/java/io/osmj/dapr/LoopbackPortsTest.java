package io.osmj.dapr;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LoopbackPortsTest {
    @Test
    void aPodWithoutDaprKeepsNothingPrivate() {
        assertThat(LoopbackPorts.of(Map.of("dapr.io/grpc-port", "7"), Optional.empty()))
                .isEmpty();
        assertThat(LoopbackPorts.of(Map.of("dapr.io/enabled", "false"), Optional.empty()))
                .isEmpty();
    }

    @Test
    void theAnnotationIsEnough() {
        assertThat(LoopbackPorts.of(Map.of("dapr.io/enabled", "true"), Optional.empty()))
                .containsExactly(3500, 50001);
    }

    @Test
    void daprdSaysWhereItListens() {
        List<String> arguments = List.of("--mode", "kubernetes", "--dapr-http-port", "3600", "-dapr-grpc-port=50101");

        assertThat(LoopbackPorts.of(Map.of(), Optional.of(arguments))).containsExactly(3600, 50101);
    }

    @Test
    void whatIsNoPortIsPassedOver() {
        List<String> arguments = List.of("--dapr-http-port=99999", "--dapr-grpc-port");

        assertThat(LoopbackPorts.of(
                        Map.of("dapr.io/enabled", "true", "dapr.io/grpc-port", "50101"), Optional.of(arguments)))
                .containsExactly(3500, 50101);
    }
}
