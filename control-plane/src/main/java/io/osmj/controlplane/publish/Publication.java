package io.osmj.controlplane.publish;

import io.osmj.core.compile.MeshIndex;
import io.osmj.core.compile.Touched;
import io.osmj.core.identity.ServiceAccount;
import io.osmj.core.identity.TrustDomain;
import io.osmj.core.problem.Outcome;
import io.osmj.core.state.StatePatch;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;

/** What was published last, and the steps from one publication to the next. Belongs to one thread. */
final class Publication {
    private static final long CENSUS = Duration.ofMinutes(10).toNanos();

    private final Looks looks;
    private final PublicationObserver observer;
    private final LongSupplier clock;
    private final Pace pace;
    private final LiveMesh mesh;
    private final Seats seats;
    private final Rounds rounds;
    private final Failed failed;
    private final ProblemReport report;
    private final Attendance attendance;
    private long renewal = Debounce.NEVER;
    private long census = CENSUS;

    /**
     * Nothing is published yet.
     *
     * @param clock nanoseconds since some moment before
     */
    Publication(
            TrustDomain trustDomain,
            MeshSource source,
            SecretSource secrets,
            PublicationObserver observer,
            LongSupplier clock,
            Pace pace) {
        this.looks = new Looks(source, clock, pace);
        this.observer = observer;
        this.clock = clock;
        this.pace = pace;
        this.mesh = new LiveMesh(trustDomain);
        this.seats = new Seats(secrets);
        this.rounds = new Rounds(clock);
        this.failed = new Failed(pace.retry());
        this.attendance = new Attendance(mesh, seats, rounds, failed, observer, clock);
        this.report = new ProblemReport(observer);
    }

    /** The state may have changed. */
    void changed() {
        looks.changed();
    }

    /** The secrets of any identity may have changed. */
    void secretsChanged() {
        renewal = clock.getAsLong();
    }

    /** The secrets of this account have changed. */
    void secretsChanged(ServiceAccount account) {
        if (mesh.known()) {
            rounds.add(seats.index().of(account));
        }
    }

    /** The streams that are open, and what happens on them. */
    Attendance attendance() {
        return attendance;
    }

    /** What is kept of what was rendered. */
    Rendering rendering() {
        return seats.rendering();
    }

    /** What somebody who looks wants to know of the mesh as it is now. */
    <T> T ask(Function<MeshIndex, T> question) {
        return mesh.ask(question);
    }

    /** Whether a state is published. */
    boolean ready() {
        return mesh.known();
    }

    /** When {@link #work} has something to do next. */
    long due() {
        return rounds.pending()
                ? clock.getAsLong()
                : LongStream.of(
                                looks.due(),
                                renewal,
                                failed.due(),
                                census,
                                report.due(),
                                seats.lobby().patienceEnds(pace.patience()))
                        .min()
                        .getAsLong();
    }

    /** Does what is due, or a part of it that does not take long. */
    void work() {
        long now = clock.getAsLong();
        looks.take(now, this::refresh);
        if (now >= renewal) {
            renewal = Debounce.NEVER;
            rounds.add(seats.index().all());
        }
        rounds.add(failed.take(now));
        serveSome();
        if (!rounds.pending()) {
            report.tell(now, mesh::problems);
        }
        if (now >= census) {
            census = now + CENSUS;
            attendance.census();
        }
        seats.lobby().dismissUnknown(now - pace.patience().toNanos(), ready());
    }

    private void serveSome() {
        if (mesh.known() && rounds.pending()) {
            rounds.some(attendance::serve).ifPresent(round -> {
                observer.published(round.took(), round.told());
                seats.tidy(mesh.planner());
            });
        }
    }

    private void refresh(Outcome<StatePatch> seen) {
        report.read(seen.problems(), clock.getAsLong());
        boolean first = !mesh.known();
        Touched touched = mesh.apply(seen.value());
        attendance.learn(touched.addresses());
        if (touched.everything()) {
            observer.settings(mesh.settings());
        }
        if (first) {
            seats.index().all().forEach(attendance::sendAhead);
            rounds.add(seats.index().all());
        } else {
            rounds.add(seats.index().concerned(touched, mesh.byRules(), mesh.eager()));
        }
    }
}
