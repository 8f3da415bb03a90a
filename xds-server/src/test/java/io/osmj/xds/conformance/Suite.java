package io.osmj.xds.conformance;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/** All scenarios. */
public final class Suite {
    /** Most of a scenario is waiting for the other side. */
    private static final int AT_ONCE = 16;

    private Suite() {}

    /** In the order of the score: by variant, then as they are written. */
    public static List<Case> cases() {
        return Stream.of(Variant.values())
                .flatMap(variant -> Stream.of(Asking.all(), GivingUp.all(), Beyond.all())
                        .flatMap(List::stream)
                        .flatMap(Scenario::cases)
                        .filter(one -> one.variant() == variant))
                .toList();
    }

    /** Plays all of them, several at once. */
    public static List<Outcome> play(Target target) {
        try (ExecutorService players = Executors.newFixedThreadPool(AT_ONCE)) {
            List<CompletableFuture<Outcome>> outcomes = cases().stream()
                    .map(one -> CompletableFuture.supplyAsync(() -> one.play(target), players))
                    .toList();
            return outcomes.stream().map(CompletableFuture::join).toList();
        }
    }
}
