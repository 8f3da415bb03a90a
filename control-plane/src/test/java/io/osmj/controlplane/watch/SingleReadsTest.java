package io.osmj.controlplane.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmj.core.state.ObjectKey;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One object that cannot be read takes nothing from the others. */
final class SingleReadsTest {
    private static final ObjectKey ODD = new ObjectKey("shop", "odd");
    private static final ObjectKey PLAIN = new ObjectKey("shop", "plain");

    @Test
    void whatCannotBeReadIsLeftOut() {
        assertThat(SingleReads.of("Pod", List.of(ODD, PLAIN), SingleReadsTest::length))
                .containsOnlyKeys(PLAIN)
                .containsEntry(PLAIN, 5);
    }

    private static int length(ObjectKey key) {
        if (key.equals(ODD)) {
            throw new IllegalStateException("nobody thought of this one");
        }
        return key.name().length();
    }
}
