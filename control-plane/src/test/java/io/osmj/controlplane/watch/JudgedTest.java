package io.osmj.controlplane.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.osmj.core.problem.ObjectRef;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JudgedTest {
    private static final ObjectRef TARGET = new ObjectRef("TrafficTarget", "shop", "target");

    private final Judged judged = new Judged();

    @Test
    void anObjectIsKnownOnceItsProblemsAreTold() {
        judged.read(TARGET, Optional.of(target("one", 1)));
        assertThat(judged.knows(target("one", 1))).isFalse();

        assertThat(judged.told()).isTrue();

        assertThat(judged.knows(target("one", 1))).isTrue();
        assertThat(judged.told()).as("nothing was read since").isFalse();
    }

    @Test
    void aVersionThatWasNotReadIsNotKnown() {
        judged.read(TARGET, Optional.of(target("one", 1)));
        assertThat(judged.told()).isTrue();

        assertThat(judged.knows(target("one", 2))).isFalse();
        assertThat(judged.knows(target("made anew", 1))).isFalse();

        judged.read(TARGET, Optional.of(target("one", 2)));
        assertThat(judged.told()).isTrue();
        assertThat(judged.knows(target("one", 2))).isTrue();
    }

    @Test
    void whatIsReadAgainOrIsGoneIsNothingNew() {
        judged.read(TARGET, Optional.of(target("one", 1)));
        assertThat(judged.told()).isTrue();

        judged.read(TARGET, Optional.of(target("one", 1)));
        assertThat(judged.told()).isFalse();

        judged.read(TARGET, Optional.empty());
        assertThat(judged.told()).isFalse();
        assertThat(judged.knows(target("one", 1))).isFalse();
    }

    @Test
    void whatIsNotAmongEverythingIsGone() {
        judged.read(TARGET, Optional.of(target("one", 1)));
        assertThat(judged.told()).isTrue();

        judged.everything();
        judged.read(TARGET, Optional.of(target("one", 1)));
        assertThat(judged.told()).isFalse();
        assertThat(judged.knows(target("one", 1))).isTrue();

        judged.everything();
        assertThat(judged.told()).isFalse();
        assertThat(judged.knows(target("one", 1))).isFalse();
    }

    private static GenericKubernetesResource target(String uid, long generation) {
        return new GenericKubernetesResourceBuilder()
                .withKind(TARGET.kind())
                .withNewMetadata()
                .withNamespace(TARGET.namespace())
                .withName(TARGET.name())
                .withUid(uid)
                .withGeneration(generation)
                .endMetadata()
                .build();
    }
}
