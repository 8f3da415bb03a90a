package io.osmj.core.plan;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmj.core.compile.MeshIndex;
import io.osmj.core.compile.Touched;
import io.osmj.core.identity.TrustDomain;
import io.osmj.core.policy.LimitRule;
import io.osmj.core.policy.RateLimits;
import io.osmj.core.problem.ProblemCode;
import io.osmj.core.random.RandomMesh;
import io.osmj.core.service.DialledAddress;
import io.osmj.core.service.ServicePort;
import io.osmj.core.state.ObjectKey;
import io.osmj.core.state.PodState;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keeping the mesh current must come to the same as reading it anew, and must name everybody whom a change concerns. */
class IncrementalPlanTest {
    private static final int EVENTS = 2_000;

    /** In ranges of the mesh and never of it: what it is hangs on the caller. */
    private static final List<DialledAddress> OUTSIDE =
            List.of(new DialledAddress("10.244.9.9", 80), new DialledAddress("10.244.9.9", 81));

    private final MeshIndex mesh = new MeshIndex(TrustDomain.CLUSTER_LOCAL);
    private final Planner planner = new Planner(mesh);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whateverHappensThePlansAreThoseOfAFreshStart(long seed) {
        Random random = new Random(seed);
        RandomMesh world = new RandomMesh(random);
        for (int event = 0; event < EVENTS; event++) {
            world.step();
            if (random.nextInt(3) == 0) {
                planner.refresh(mesh.apply(world.look()));
                MeshIndex fresh = MeshIndex.of(world.state());

                assertThat(mesh.model()).as("event %d", event).isEqualTo(fresh.model());
                assertThat(mesh.problems()).as("event %d", event).isEqualTo(fresh.problems());
                assertThat(plans(planner, world, fresh.addresses().all(), RandomMesh.ports()))
                        .as("event %d", event)
                        .isEqualTo(plans(
                                new Planner(fresh), world, fresh.addresses().all(), RandomMesh.ports()));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {6, 7, 8, 9, 10})
    void whoeverIsNotNamedHasTheSamePlanAsBefore(long seed) {
        Random random = new Random(seed);
        RandomMesh world = new RandomMesh(random);
        Map<String, ProxyPlan> before = new HashMap<>();
        int spared = 0;
        int triedAgain = 0;
        for (int event = 0; event < EVENTS; event++) {
            world.step();
            Touched touched = mesh.apply(world.look());
            planner.refresh(touched);
            Map<String, ProxyPlan> now = plans(planner, world, OUTSIDE, List.of());
            for (var plan : now.entrySet()) {
                triedAgain += plan.getValue().retries().size();
                if (!concerned(touched, plan.getKey(), plan.getValue())) {
                    spared++;
                    assertThat(plan.getValue())
                            .as("event %d, pod %s", event, plan.getKey())
                            .isEqualTo(before.get(plan.getKey()));
                }
            }
            before = now;
        }
        assertThat(spared).as("most events concern few pods").isGreaterThan(EVENTS);
        assertThat(triedAgain).isPositive();
    }

    /** Whatever services of another namespace list. */
    @ParameterizedTest
    @ValueSource(longs = {17, 18, 19})
    void aPodOpensOnlyWhatServicesOfItsOwnNamespaceSay(long seed) {
        RandomMesh world = new RandomMesh(new Random(seed));
        int listed = 0;
        for (int event = 0; event < EVENTS; event++) {
            world.step();
            planner.refresh(mesh.apply(world.look()));
            for (PodState pod : world.pods()) {
                for (InboundPort port : planner.plan(pod.uid(), List.of())
                        .map(ProxyPlan::inbound)
                        .orElse(List.of())) {
                    listed++;
                    assertThat(port.label()).as("event %d, pod %s", event, pod).startsWith(pod.namespace() + "/");
                }
            }
            listed += (int) mesh.problems().stream()
                    .filter(problem -> problem.code() == ProblemCode.M2032)
                    .count();
        }
        assertThat(listed).isGreaterThan(EVENTS);
    }

    /** Who may call, and by which matches, says nothing of how much a port takes. */
    @ParameterizedTest
    @ValueSource(longs = {20, 21, 22})
    void limitsOfPathsBindInEitherModeWhateverTheRules(long seed) {
        RandomMesh world = new RandomMesh(new Random(seed));
        Map<Boolean, Integer> limited = new HashMap<>();
        for (int event = 0; event < EVENTS; event++) {
            world.step();
            planner.refresh(mesh.apply(world.look()));
            List<RateLimits> said =
                    mesh.model().limits().stream().map(LimitRule::rates).toList();
            for (ProxyPlan plan : plans(planner, world, List.of(), List.of()).values()) {
                for (InboundPort port : plan.inbound()) {
                    if (port.http() && !port.rates().equals(RateLimits.NONE)) {
                        assertThat(said).as("event %d", event).contains(port.rates());
                        limited.merge(
                                mesh.settings().traffic().permissive(),
                                port.rates().requests().size(),
                                Integer::sum);
                    }
                }
            }
        }
        assertThat(limited.values()).hasSize(2).allMatch(paths -> paths > 0);
    }

    /** As the publisher reads it: in permissive mode rules concern nobody, and addresses those who were sent all. */
    private boolean concerned(Touched touched, String uid, ProxyPlan plan) {
        boolean permissive = mesh.settings().traffic().permissive();
        boolean byRules = !permissive
                && (touched.callers().contains(plan.identity().account())
                        || touched.callees().contains(plan.identity().account()));
        boolean eager = permissive && !mesh.settings().traffic().onDemand();
        return touched.everything()
                || touched.pods().contains(uid)
                || byRules
                || touched.leavers().contains(plan.identity().account())
                || touched.retriers().contains(plan.identity().account())
                || (eager && !touched.addresses().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void whatWasAskedForDiffersOnlyIfItsAddressIsNamed(long seed) {
        Random random = new Random(seed);
        RandomMesh world = new RandomMesh(random);
        Map<DialledAddress, Optional<Destination>> before = new HashMap<>();
        int compared = 0;
        for (int event = 0; event < EVENTS; event++) {
            world.step();
            Touched touched = mesh.apply(world.look());
            planner.refresh(touched);
            if (!mesh.settings().traffic().permissive() || world.pods().stream().noneMatch(PodState::served)) {
                before = Map.of();
                continue;
            }
            Map<DialledAddress, Optional<Destination>> now = new HashMap<>();
            for (DialledAddress address : RandomMesh.addresses()) {
                Optional<Destination> destination = asked(world, address)
                        .filter(_ -> mesh.addresses().at(address).isPresent());
                now.put(address, destination);
                if (!touched.everything() && !touched.addresses().contains(address) && before.containsKey(address)) {
                    assertThat(destination).as("event %d, %s", event, address).isEqualTo(before.get(address));
                    compared++;
                }
            }
            before = now;
        }
        assertThat(compared).isGreaterThan(EVENTS);
    }

    @ParameterizedTest
    @ValueSource(longs = {14, 15, 16})
    void whatWasAskedForByNameDiffersOnlyIfItsServiceIsNamed(long seed) {
        Random random = new Random(seed);
        RandomMesh world = new RandomMesh(random);
        Map<ServicePort, List<NamedService>> before = new HashMap<>();
        int found = 0;
        for (int event = 0; event < EVENTS; event++) {
            world.step();
            Touched touched = mesh.apply(world.look());
            planner.refresh(touched);
            if (!mesh.settings().traffic().permissive()) {
                continue;
            }
            Map<ServicePort, List<NamedService>> now = new HashMap<>();
            for (ServicePort port : RandomMesh.ports()) {
                anyPlan(world, port).ifPresent(plan -> now.put(port, plan.services()));
                found += now.getOrDefault(port, List.of()).size();
                ObjectKey service = new ObjectKey(port.namespace(), port.service());
                boolean named = touched.everything() || touched.services().contains(service);
                if (!named && before.containsKey(port) && now.containsKey(port)) {
                    assertThat(now.get(port)).as("event %d, %s", event, port).isEqualTo(before.get(port));
                }
            }
            before = now;
        }
        assertThat(found).isPositive();
    }

    private Optional<ProxyPlan> anyPlan(RandomMesh world, ServicePort port) {
        return world.pods().stream()
                .flatMap(pod -> planner.plan(pod.uid(), new Question(Set.of(), Set.of(), Set.of(port))).stream())
                .findFirst();
    }

    private Optional<Destination> asked(RandomMesh world, DialledAddress address) {
        return world.pods().stream()
                .filter(PodState::served)
                .findFirst()
                .flatMap(pod -> planner.plan(pod.uid(), List.of(address)))
                .flatMap(plan -> plan.destinations().stream()
                        .filter(destination -> destination.key().equals(address.toString()))
                        .findFirst());
    }

    private static Map<String, ProxyPlan> plans(
            Planner planner, RandomMesh world, Collection<DialledAddress> asked, Collection<ServicePort> named) {
        Map<String, ProxyPlan> plans = new HashMap<>();
        Set<DialledAddress> asBytes = asked.stream()
                .filter(address -> address.address().hashCode() % 2 == 0)
                .collect(toSet());
        Question question = new Question(Set.copyOf(asked), asBytes, Set.copyOf(named));
        for (PodState pod : world.pods()) {
            planner.plan(pod.uid(), question).ifPresent(plan -> plans.put(pod.uid(), plan));
        }
        return plans;
    }
}
