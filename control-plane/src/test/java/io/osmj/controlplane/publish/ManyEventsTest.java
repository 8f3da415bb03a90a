package io.osmj.controlplane.publish;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmj.core.identity.ProxyIdentity;
import io.osmj.core.problem.Outcome;
import io.osmj.core.problem.Problem;
import io.osmj.core.random.RandomMesh;
import io.osmj.core.service.DialledAddress;
import io.osmj.core.state.PodState;
import io.osmj.core.state.StatePatch;
import io.osmj.xds.resource.ResourceSet;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever came before, and in whatever steps: each proxy has the bytes that a control plane would send that starts now. */
class ManyEventsTest {
    private static final int MOST_STREAMS = 8;

    private final List<Told> streams = new ArrayList<>();
    private Random random = new Random();
    private RandomMesh mesh = new RandomMesh(random);
    private TestPublication publication = of(this::look, () -> mesh.everythingIsUnseen());
    private boolean mayTear;
    private int torn;
    private int compared;
    private int waiting;
    private int answered;
    private int reported;

    private static TestPublication of(Supplier<StatePatch> source, Runnable failed) {
        return new TestPublication() {
            @Override
            Optional<Outcome<StatePatch>> look() {
                return Optional.of(Outcome.of(source.get()));
            }

            @Override
            void failed() {
                failed.run();
            }
        };
    }

    /** Many events meet much; compared often, less of what goes wrong is mended by a later event before anybody sees it. */
    @ParameterizedTest
    @CsvSource({"1, 10000, 20", "2, 10000, 20", "3, 2000, 5", "4, 2000, 5"})
    void everyProxyHasTheBytesOfAFreshStart(long seed, int events, int betweenLooks) {
        random = new Random(seed);
        mesh = new RandomMesh(random);
        publication = of(this::look, () -> mesh.everythingIsUnseen());
        publication.changed();
        for (int event = 1; event <= events; event++) {
            mayTear = true;
            happen(event);
            if (event % betweenLooks == 0) {
                publication.issuerFails = false;
                mayTear = false;
                publication.after(3000);
                compare("seed %d, event %d".formatted(seed, event));
            }
        }
        int looks = events / betweenLooks;
        assertThat(compared).as("comparisons of a proxy").isGreaterThan(looks);
        assertThat(waiting).as("comparisons of one that waits").isPositive();
        assertThat(torn).as("patches that were not taken in").isPositive();
        assertThat(answered).as("questions answered at once").isGreaterThan(events / 20);
        assertThat(reported).as("comparisons of what is wrong").isGreaterThan(looks / 2);
    }

    private StatePatch look() {
        StatePatch patch = mesh.look();
        if (mayTear && random.nextInt(8) == 0) {
            torn++;
            return TornPatch.of(patch);
        }
        return patch;
    }

    private void happen(int event) {
        switch (random.nextInt(14)) {
            case 0, 1, 2, 3 -> stream(event);
            case 4 -> publication.renew(mesh.possiblePod().account());
            case 5 -> publication.issuerFails = random.nextInt(4) == 0;
            case 6 -> publication.after(random.nextInt(300));
            default -> {
                mesh.step();
                publication.changed();
            }
        }
    }

    private void stream(int event) {
        leaveThoseSentAway();
        Told told = streams.size() < 3 ? join() : streams.get(random.nextInt(streams.size()));
        switch (random.nextInt(10)) {
            case 0 -> join();
            case 1 -> {
                publication.leave(told);
                streams.remove(told);
            }
            case 2, 3 -> publication.ask(told, event, anyOf(RandomMesh.ports()));
            case 4, 5 -> publication.ask(told, event, "10.244.9." + random.nextInt(200), 80 + random.nextInt(2));
            default -> {
                DialledAddress address = anyOf(RandomMesh.addresses());
                if (random.nextBoolean()) {
                    publication.askAsBytes(told, event, address.address(), address.port());
                } else {
                    publication.ask(told, event, address.address(), address.port());
                }
            }
        }
        answered += told.answered == event ? 1 : 0;
    }

    private Told join() {
        if (streams.size() == MOST_STREAMS) {
            publication.leave(streams.removeFirst());
        }
        List<PodState> there = mesh.pods().stream().filter(PodState::served).toList();
        PodState pod = there.isEmpty() || random.nextInt(4) == 0 ? mesh.possiblePod() : anyOf(there);
        Told told = publication.join(new ProxyIdentity(pod.account(), pod.name(), pod.uid()));
        streams.add(told);
        return told;
    }

    private <T> T anyOf(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private void leaveThoseSentAway() {
        streams.stream().filter(told -> !told.end.isEmpty()).forEach(publication::leave);
        streams.removeIf(told -> !told.end.isEmpty());
    }

    private void compare(String when) {
        leaveThoseSentAway();
        TestPublication fresh = of(() -> StatePatch.whole(mesh.state()), () -> {});
        IdentityHashMap<Told, Told> anew = fresh.takeOver(publication, streams);
        for (Told told : streams) {
            assertThat(last(told)).as(when).isEqualTo(last(requireNonNull(anew.get(told))));
            compared += told.sets.isEmpty() ? 0 : 1;
            waiting += told.sets.isEmpty() ? 1 : 0;
        }
        assertThat(wrong(publication)).as(when).isEqualTo(wrong(fresh));
        reported += wrong(fresh).isEmpty() ? 0 : 1;
    }

    private static Optional<ResourceSet> last(Told told) {
        return told.sets.isEmpty() ? Optional.empty() : Optional.of(told.last());
    }

    private static List<Problem> wrong(TestPublication publication) {
        return publication.reports.isEmpty() ? List.of() : publication.reports.getLast();
    }
}
