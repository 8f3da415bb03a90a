package io.osmj.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.osmj.core.compile.MeshIndex;
import io.osmj.core.compile.Touched;
import io.osmj.core.identity.ServiceAccount;
import io.osmj.core.identity.TrustDomain;
import io.osmj.core.plan.Destination.Allowed;
import io.osmj.core.plan.Destination.Denied;
import io.osmj.core.policy.AllowRule;
import io.osmj.core.policy.HttpMatch;
import io.osmj.core.policy.TcpAllowance;
import io.osmj.core.problem.ObjectRef;
import io.osmj.core.problem.ProblemCode;
import io.osmj.core.service.AppProtocol;
import io.osmj.core.service.DialledAddress;
import io.osmj.core.settings.MeshSettings;
import io.osmj.core.state.ClusterState;
import io.osmj.core.state.EndpointState;
import io.osmj.core.state.ObjectKey;
import io.osmj.core.state.PodState;
import io.osmj.core.state.ServiceState;
import io.osmj.core.state.StatePatch;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whoever may write EndpointSlices in one namespace can list addresses of another. */
class ForeignSliceTest {
    private static final PodState ORDERS = pod("shop", "orders", "10.244.0.21");
    private static final PodState WEB = pod("shop", "web", "10.244.0.11");
    private static final PodState STRANGER = pod("shop", "stranger", "10.244.0.12");
    private static final DialledAddress BY_ALIAS = new DialledAddress("10.96.0.40", 80);

    private final MeshIndex mesh = new MeshIndex(TrustDomain.CLUSTER_LOCAL);
    private final Planner planner = new Planner(mesh);

    private static PodState pod(String namespace, String name, String address) {
        return new PodState(
                namespace, name, name, address, new ServiceAccount(namespace, name), true, false, List.of(), false);
    }

    private static ServiceState service(String namespace, String name, String ip, int port, String protocol) {
        return new ServiceState(namespace, name, List.of(ip), List.of(new ServiceState.Port("p", port, protocol)));
    }

    /** In attic, a name before shop, a service lists the pod of orders, as TCP and on a port more. */
    private static ClusterState state(List<PodState> pods) {
        return new ClusterState(
                TrustDomain.CLUSTER_LOCAL,
                MeshSettings.WITHOUT_MESH_CONFIG,
                pods,
                List.of(
                        service("shop", "orders", "10.96.0.20", 80, "http"),
                        service("attic", "alias", "10.96.0.40", 80, "tcp"),
                        service("attic", "admin", "10.96.0.41", 80, "tcp"),
                        service("attic", "throne", "10.96.0.42", 80, "tcp")),
                List.of(
                        new EndpointState("shop", "orders", "p", ORDERS.address(), 3000, "orders"),
                        new EndpointState("attic", "alias", "p", ORDERS.address(), 3000, ""),
                        new EndpointState("attic", "admin", "p", ORDERS.address(), 9000, ""),
                        new EndpointState("attic", "throne", "p", "10.96.0.20", 80, "")),
                List.of(new AllowRule(
                        new ObjectRef("TrafficTarget", "shop", "orders"),
                        ORDERS.account(),
                        List.of(WEB.account()),
                        List.of(HttpMatch.ANY),
                        new TcpAllowance.AnyPort())),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    private Touched apply(StatePatch patch) {
        Touched touched = mesh.apply(patch);
        planner.refresh(touched);
        return touched;
    }

    private Destination asked(PodState caller, DialledAddress address) {
        return planner.plan(caller.uid(), List.of(address)).orElseThrow().destinations().stream()
                .filter(destination -> destination.key().equals(address.toString()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void itOpensNoPortAndDoesNotSayWhatIsSpoken() {
        apply(StatePatch.whole(state(List.of(ORDERS, WEB, STRANGER))));

        assertThat(planner.plan("orders", List.of()).orElseThrow().inbound())
                .extracting(InboundPort::port, InboundPort::http, InboundPort::label)
                .containsExactly(tuple(3000, true, "shop/orders|80"));
        assertThat(mesh.problems())
                .filteredOn(problem -> problem.code() == ProblemCode.M2032)
                .extracting(problem -> problem.object().name())
                .containsExactly("admin", "alias");
    }

    /** The sidecar at the other end decides again, by what it knows of its own ports. */
    @Test
    void whoCallsByItComesAsFarAsTheAccountOfThePodMayBeCalled() {
        apply(StatePatch.whole(state(List.of(ORDERS, WEB, STRANGER))));

        assertThat(asked(STRANGER, BY_ALIAS).access()).isEqualTo(new Denied());
        assertThat(asked(WEB, BY_ALIAS).access())
                .isInstanceOfSatisfying(
                        Allowed.class,
                        allowed -> assertThat(allowed.identities())
                                .containsExactly(ORDERS.account().in(TrustDomain.CLUSTER_LOCAL)));
    }

    @Test
    void aClusterAddressIsItsServicesWhoeverListsIt() {
        apply(StatePatch.whole(state(List.of(ORDERS, WEB))));

        assertThat(mesh.addresses()
                        .at(new DialledAddress("10.96.0.20", 80))
                        .orElseThrow()
                        .service()
                        .protocol())
                .isEqualTo(AppProtocol.HTTP);
        assertThat(asked(WEB, new DialledAddress("10.96.0.20", 80)).access()).isInstanceOf(Allowed.class);
    }

    @Test
    void aPodThatComesAfterTheSliceIsAsSafe() {
        apply(StatePatch.whole(state(List.of(WEB))));
        assertThat(mesh.problems()).noneMatch(problem -> problem.code() == ProblemCode.M2032);

        Touched touched = apply(new StatePatch(
                false,
                Optional.empty(),
                Map.of(new ObjectKey("shop", "orders"), Optional.of(ORDERS)),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of()));

        MeshIndex fresh = MeshIndex.of(state(List.of(ORDERS, WEB)));
        assertThat(mesh.model()).isEqualTo(fresh.model());
        assertThat(mesh.problems()).isEqualTo(fresh.problems());
        assertThat(planner.plan("orders", List.of())).isEqualTo(new Planner(fresh).plan("orders", List.of()));
        assertThat(touched.addresses()).contains(BY_ALIAS);
    }
}
