package io.osmj.controlplane.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.osmj.core.state.ObjectKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What has to be looked at again, and when it no longer has to be. */
final class MarksTest {
    private static final ObjectKey POD = new ObjectKey("shop", "web");
    private static final ObjectKey OTHER = new ObjectKey("shop", "other");

    private final Marks marks = new Marks();

    @BeforeEach
    void everythingWasReadOnce() {
        marks.read(marked -> assertThat(marked.everything).isTrue());
    }

    @Test
    void whatWasReadIsNotReadAgain() {
        marks.pod(POD);
        marks.read(marked -> assertThat(marked.pods).containsExactly(POD));
        marks.read(marked -> assertThat(marked.pods).isEmpty());
    }

    /** Some of the changes may have been taken in before it failed, and not been told: only a whole read makes up for that. */
    @Test
    void afterAReadThatFailedEverythingIsReadUntilOneSucceeds() {
        marks.pod(POD);
        for (int failure = 0; failure < 2; failure++) {
            assertThatThrownBy(() -> marks.read(_ -> {
                        marks.pod(OTHER);
                        throw new IllegalStateException("it cannot be read now");
                    }))
                    .hasMessage("it cannot be read now");
        }
        marks.read(marked -> assertThat(marked.everything).isTrue());
        marks.read(marked -> assertThat(marked.everything).isFalse());
    }
}
