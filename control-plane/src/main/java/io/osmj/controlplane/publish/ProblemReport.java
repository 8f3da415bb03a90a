package io.osmj.controlplane.publish;

import io.osmj.core.problem.Problem;
import java.util.List;
import java.util.stream.Stream;

/** Tells what is wrong with the objects of the mesh, whenever that is not what it told before. */
final class ProblemReport {
    private final PublicationObserver observer;
    private List<Problem> ofReading = List.of();
    private List<Problem> told = List.of();

    ProblemReport(PublicationObserver observer) {
        this.observer = observer;
    }

    /** What was wrong with single objects when the state was read last. */
    void read(List<Problem> problems) {
        ofReading = problems;
    }

    /** Tells of these, and of what was read. */
    void tell(List<Problem> ofMesh) {
        List<Problem> now = Stream.of(ofReading, ofMesh)
                .flatMap(List::stream)
                .sorted()
                .distinct()
                .toList();
        if (!now.equals(told)) {
            told = now;
            observer.problems(now);
        }
    }
}
