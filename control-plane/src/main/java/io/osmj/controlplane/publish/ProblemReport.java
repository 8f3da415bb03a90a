package io.osmj.controlplane.publish;

import io.osmj.core.problem.Problem;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Tells what is wrong with the objects of the mesh, whenever that is not what it told before. To find out costs what all policies are
 * and not what a change touches, so proxies are served first, and of many changes in a second one is followed by it.
 */
final class ProblemReport {
    private static final long PAUSE = Duration.ofSeconds(1).toNanos();

    private final PublicationObserver observer;
    private List<Problem> ofReading = List.of();
    private List<Problem> told = List.of();
    private long due = Debounce.NEVER;
    private long earliest;

    ProblemReport(PublicationObserver observer) {
        this.observer = observer;
    }

    /** What was wrong with single objects when the state was read, which is now. */
    void read(List<Problem> problems, long now) {
        ofReading = problems;
        due = Math.min(due, Math.max(now, earliest));
    }

    /** When there may be something to tell; {@link Debounce#NEVER} if nothing was read since. */
    long due() {
        return due;
    }

    /** Tells of these, and of what was read, if it is time. */
    void tell(long time, Supplier<List<Problem>> ofMesh) {
        if (time < due) {
            return;
        }
        due = Debounce.NEVER;
        earliest = time + PAUSE;
        List<Problem> now = Stream.of(ofReading, ofMesh.get())
                .flatMap(List::stream)
                .sorted()
                .distinct()
                .toList();
        if (!now.equals(told)) {
            told = now;
            observer.problems(now);
        }
        observer.judged();
    }
}
