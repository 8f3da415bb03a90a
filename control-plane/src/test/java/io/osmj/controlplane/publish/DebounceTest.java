package io.osmj.controlplane.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DebounceTest {
    private static final long MILLI = 1_000_000;

    private final Debounce debounce =
            new Debounce(Duration.ofMillis(20), Duration.ofSeconds(1), Duration.ofMillis(100), Duration.ofMillis(250));

    @Test
    void nothingIsDueUntilSomethingChanges() {
        assertThat(debounce.due()).isEqualTo(Debounce.NEVER);
        assertThat(debounce.take(Long.MAX_VALUE - 1)).isFalse();
    }

    @Test
    void aLoneChangeIsDueAtOnce() {
        debounce.changed(5 * MILLI);

        assertThat(debounce.take(5 * MILLI)).isTrue();
        assertThat(debounce.due()).isEqualTo(Debounce.NEVER);
    }

    @Test
    void whatFollowsSoonWaitsUntilTheGapIsOverAndNothingChanges() {
        debounce.changed(5 * MILLI);
        debounce.take(5 * MILLI);
        debounce.changed(10 * MILLI);

        assertThat(debounce.due()).isEqualTo(105 * MILLI);

        debounce.changed(95 * MILLI);

        assertThat(debounce.take(115 * MILLI - 1)).isFalse();
        assertThat(debounce.take(115 * MILLI)).isTrue();
    }

    @Test
    void aStormIsOneChangeAndDoesNotWaitForItsEnd() {
        int taken = 0;
        for (long now = 0; now <= 3000 * MILLI; now += 10 * MILLI) {
            debounce.changed(now);
            taken += debounce.take(now) ? 1 : 0;
        }

        assertThat(taken).as("in three seconds").isBetween(3, 4);
    }

    @Test
    void changesEveryThirtyMillisecondsAreTakenTenTimesASecondAtMost() {
        int taken = 0;
        for (long now = 0; now < 1000 * MILLI; now += MILLI) {
            if (now % (30 * MILLI) == 0) {
                debounce.changed(now);
            }
            taken += debounce.take(now) ? 1 : 0;
        }

        assertThat(taken).isBetween(8, 10);
    }

    @Test
    void inALongRowTheyAreTakenFourTimesASecond() {
        int taken = 0;
        for (long now = 0; now < 5000 * MILLI; now += MILLI) {
            if (now % (30 * MILLI) == 0) {
                debounce.changed(now);
            }
            taken += debounce.take(now) && now >= 2000 * MILLI ? 1 : 0;
        }

        assertThat(taken).as("in the last three seconds").isBetween(10, 12);
    }

    @Test
    void afterALongRowALoneChangeIsDueAtOnce() {
        for (long now = 0; now < 2000 * MILLI; now += 10 * MILLI) {
            debounce.changed(now);
            debounce.take(now);
        }
        debounce.take(3000 * MILLI);
        debounce.changed(3250 * MILLI);

        assertThat(debounce.take(3250 * MILLI)).isTrue();
        debounce.changed(3260 * MILLI);
        assertThat(debounce.due()).as("the row is a new one").isEqualTo(3350 * MILLI);
    }
}
