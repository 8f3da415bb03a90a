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
        read(target("one", 1));
        assertThat(judged.knows(target("one", 1))).isFalse();

        assertThat(judged.told()).isTrue();

        assertThat(judged.knows(target("one", 1))).isTrue();
        assertThat(judged.told()).as("nothing was read since").isFalse();
    }

    @Test
    void aVersionThatWasNotReadIsNotKnown() {
        read(target("one", 1));
        assertThat(judged.told()).isTrue();

        assertThat(judged.knows(target("one", 2))).isFalse();
        assertThat(judged.knows(target("made anew", 1))).isFalse();

        read(target("one", 2));
        assertThat(judged.told()).isTrue();
        assertThat(judged.knows(target("one", 2))).isTrue();
    }

    @Test
    void whatIsReadAgainOrIsGoneIsNothingNew() {
        read(target("one", 1));
        assertThat(judged.told()).isTrue();

        read(target("one", 1));
        assertThat(judged.told()).isFalse();

        judged.read(TARGET, Optional.empty());
        judged.taken();
        assertThat(judged.told()).isFalse();
        assertThat(judged.knows(target("one", 1))).isFalse();
    }

    @Test
    void whatIsNotAmongEverythingIsGone() {
        read(target("one", 1));
        assertThat(judged.told()).isTrue();

        judged.everything();
        read(target("one", 1));
        assertThat(judged.told()).isFalse();
        assertThat(judged.knows(target("one", 1))).isTrue();

        judged.everything();
        judged.taken();
        assertThat(judged.told()).isFalse();
        assertThat(judged.knows(target("one", 1))).isFalse();
    }

    /** What is said of the old version may be taken back, and what is said of the new one said, before that is known. */
    @Test
    void aVersionIsNotKnownAnyMoreOnceAnotherIsRead() {
        read(target("one", 1));
        assertThat(judged.told()).isTrue();

        read(target("one", 2));

        assertThat(judged.knows(target("one", 1))).isFalse();
        assertThat(judged.knows(target("one", 2))).isFalse();
        assertThat(judged.told()).isTrue();
        assertThat(judged.knows(target("one", 2))).isTrue();
    }

    @Test
    void whatALookHasReadThatFailedIsNotKnown() {
        judged.read(TARGET, Optional.of(target("one", 1)));

        assertThat(judged.told()).isFalse();
        assertThat(judged.knows(target("one", 1))).isFalse();

        judged.everything();
        judged.taken();
        assertThat(judged.told()).isFalse();
        assertThat(judged.knows(target("one", 1))).isFalse();
    }

    private void read(GenericKubernetesResource object) {
        judged.read(TARGET, Optional.of(object));
        judged.taken();
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
