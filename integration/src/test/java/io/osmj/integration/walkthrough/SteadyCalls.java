package io.osmj.integration.walkthrough;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the caller at a fixed rate counted, from the beginning of its life on. */
final class SteadyCalls {
    private static final Pattern REPORT = Pattern.compile("calls: (\\d+) sent, (\\d+) answered, (\\d+) failed, .*");
    private static final Duration SOON = Duration.ofSeconds(60);

    private final Scene scene;

    SteadyCalls(Scene scene) {
        this.scene = scene;
    }

    /** Counted from the start of the caller. */
    record Count(long sent, long answered, long failed) {}

    /** The last count that was printed. */
    Count now() {
        return reports().getLast();
    }

    /** Waits until both programs have warmed up: five seconds without a failure. */
    void awaitSteady() {
        Await.until("five seconds without a failed call", Duration.ofMinutes(2), () -> {
            List<Count> last = reports().reversed().stream().limit(6).toList();
            assertThat(last).hasSize(6);
            assertThat(last.getLast().failed()).isEqualTo(last.getFirst().failed());
            assertThat(last.getFirst().answered() - last.getLast().answered())
                    .as("calls answered of those sent meanwhile")
                    .isGreaterThan((last.getFirst().sent() - last.getLast().sent()) * 9 / 10);
        });
    }

    private List<Count> reports() {
        List<String> lines = tail().lines().toList();
        List<Count> reports = lines.stream()
                .map(REPORT::matcher)
                .filter(Matcher::matches)
                .map(report -> new Count(
                        Long.parseLong(report.group(1)),
                        Long.parseLong(report.group(2)),
                        Long.parseLong(report.group(3))))
                .toList();
        assertThat(reports).as("counts among " + lines).isNotEmpty();
        return reports;
    }

    private String tail() {
        return scene.look("logs", "-n", UnderLoad.NAMESPACE, "caller", "-c", "app", "--tail=400");
    }

    /** Does something while calls go on, waits for some more calls, and expects that every one was answered. */
    void during(String what, int more, Runnable action) {
        Count before = now();
        action.run();
        long enough = now().answered() + more;
        Await.until(
                "calls go on after " + what,
                SOON,
                () -> assertThat(now().answered()).isGreaterThan(enough));
        Count after = now();
        scene.narrator()
                .seen("calls during " + what + ": " + (after.answered() - before.answered()) + " answered, "
                        + (after.failed() - before.failed()) + " failed");
        assertThat(after.failed() - before.failed())
                .as("failed calls during " + what + "; the last lines are " + tail())
                .isZero();
    }
}
