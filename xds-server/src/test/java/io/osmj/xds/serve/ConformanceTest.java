package io.osmj.xds.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import io.osmj.xds.conformance.Case;
import io.osmj.xds.conformance.Outcome;
import io.osmj.xds.conformance.Part;
import io.osmj.xds.conformance.Suite;
import io.osmj.xds.conformance.Variant;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every scenario in every variant and with every type. */
final class ConformanceTest {
    @TestFactory
    Stream<DynamicTest> scenarios() {
        try (RealTarget target = new RealTarget()) {
            return Suite.play(target).stream()
                    .map(outcome -> DynamicTest.dynamicTest(outcome.played().toString(), () -> hold(outcome)));
        }
    }

    private static void hold(Outcome outcome) {
        if (!outcome.passed()) {
            fail(outcome.told());
        }
    }

    /** As many as the outside suite has, in each variant. */
    @Test
    void noneIsLeftOut() {
        assertThat(Stream.of(Variant.values()).map(variant -> count(Part.ASKING, variant)))
                .containsExactly(16L, 18L, 18L, 22L);
        assertThat(Stream.of(Variant.values()).map(variant -> count(Part.GIVING_UP, variant)))
                .containsExactly(8L, 8L, 4L, 4L);
        assertThat(Suite.cases().stream().map(Case::toString)).doesNotHaveDuplicates();
    }

    private static long count(Part part, Variant variant) {
        return Suite.cases().stream()
                .filter(one -> one.part() == part && one.variant() == variant)
                .count();
    }
}
