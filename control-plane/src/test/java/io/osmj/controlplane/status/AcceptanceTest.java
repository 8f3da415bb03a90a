package io.osmj.controlplane.status;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Of which objects the condition is written, to an API server that is not there: whoever writes fails. */
class AcceptanceTest {
    private final KubernetesClient nobody = new KubernetesClientBuilder()
            .withConfig(new ConfigBuilder()
                    .withMasterUrl("http://127.0.0.1:1")
                    .withRequestRetryBackoffLimit(0)
                    .build())
            .build();

    @AfterEach
    void close() {
        nobody.close();
    }

    @Test
    void anObjectThatIsJudgedIsWritten() {
        assertThatExceptionOfType(KubernetesClientException.class).isThrownBy(() -> write(target(1), target(1)));
    }

    /** The board may speak of either version by then. */
    @Test
    void oneThatIsJudgedInAnotherVersionMeanwhileIsNot() {
        assertThatCode(() -> write(target(1), target(2))).doesNotThrowAnyException();
    }

    private void write(GenericKubernetesResource... judged) {
        Deque<GenericKubernetesResource> looks = new ArrayDeque<>(List.of(judged));
        new Acceptance(
                        nobody,
                        () -> List.of(looks.remove()),
                        new ProblemBoard(() -> Instant.EPOCH),
                        () -> Instant.EPOCH)
                .run();
    }

    private static GenericKubernetesResource target(long generation) {
        return new GenericKubernetesResourceBuilder()
                .withApiVersion("access.smi-spec.io/v1alpha3")
                .withKind("TrafficTarget")
                .withNewMetadata()
                .withNamespace("shop")
                .withName("target")
                .withUid("one")
                .withGeneration(generation)
                .endMetadata()
                .build();
    }
}
