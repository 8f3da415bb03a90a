package io.osmj.integration.envoy;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmj.core.identity.ServiceAccount;
import io.osmj.core.identity.SpiffeId;
import io.osmj.core.identity.TrustDomain;
import io.osmj.core.intercept.Cidr;
import io.osmj.core.plan.Authorization;
import io.osmj.core.plan.Authorization.Grant;
import io.osmj.core.plan.Destination;
import io.osmj.core.plan.Destination.Access;
import io.osmj.core.plan.Destination.Allowed;
import io.osmj.core.plan.Destination.Backend;
import io.osmj.core.plan.Destination.Carriage;
import io.osmj.core.plan.Destination.Denied;
import io.osmj.core.plan.Destination.Passthrough;
import io.osmj.core.plan.InboundPort;
import io.osmj.core.plan.ProxyPlan;
import io.osmj.core.plan.Reach;
import io.osmj.core.policy.HttpMatch;
import io.osmj.core.settings.SidecarSettings;
import io.osmj.xds.render.DestinationName;
import io.osmj.xds.render.Renderer;
import io.osmj.xds.resource.EnvoyResource;
import io.osmj.xds.resource.ResourceSet;
import io.osmj.xds.resource.ResourceType;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RendererTest {
    private static final SpiffeId WEB = new ServiceAccount("shop", "web.front").in(TrustDomain.CLUSTER_LOCAL);
    private static final SpiffeId ORDERS = new ServiceAccount("shop", "orders").in(TrustDomain.CLUSTER_LOCAL);
    private static final Allowed MESHED =
            new Allowed(List.of(new Backend("10.244.0.9", 3000, true, 1)), List.of(ORDERS));
    private static final Allowed MIXED = new Allowed(
            List.of(new Backend("10.244.0.8", 3306, false, 1), new Backend("10.244.0.9", 3306, true, 1)),
            List.of(ORDERS));
    private static final Reach CLOSED = new Reach(
            List.of(new Cidr(10 << 24 | 96 << 16, 12), new Cidr(10 << 24 | 244 << 16, 16)),
            List.of(80, 8080, 50002),
            false);
    private static final Reach OPEN = new Reach(CLOSED.ranges(), CLOSED.httpPorts(), true);
    private static final Reach NOTHING = new Reach(List.of(), List.of(), false);

    private static final List<Access> ACCESS =
            List.of(MESHED, MIXED, new Allowed(List.of(), List.of()), new Denied(), new Passthrough());

    /** Every way to be carried, in every state of access. */
    private static final List<Destination> DESTINATIONS = Stream.of(Carriage.values())
            .flatMap(carriage -> ACCESS.stream().map(access -> destination(carriage, access)))
            .toList();

    private static final Grant NARROW = new Grant(
            "TrafficTarget shop/narrow",
            List.of(WEB),
            List.of(new HttpMatch("/orders/.*", List.of("GET", "HEAD"), Map.of("host", "orders.*", "x-tenant", "a"))));
    private static final Grant WIDE = new Grant("TrafficTarget shop/wide", List.of(ORDERS), List.of(HttpMatch.ANY));
    private static final Grant TCP = new Grant("TrafficTarget shop/tcp", List.of(WEB), List.of());

    private static Destination destination(Carriage carriage, Access access) {
        String address = "10.96." + List.of(Carriage.values()).indexOf(carriage) + "." + ACCESS.indexOf(access);
        return new Destination(address, 80, carriage, "shop/orders|80", "orders.shop.svc.cluster.local", access);
    }

    private static ProxyPlan plan(boolean strict, Reach reach) {
        return new ProxyPlan(
                WEB,
                SidecarSettings.Tls.DEFAULT,
                List.of(
                        port(3000, true, strict ? granted(NARROW, WIDE) : new Authorization.AnyMeshPeer()),
                        port(3001, true, strict ? granted() : new Authorization.AnyMeshPeer()),
                        port(3306, false, strict ? granted(TCP) : new Authorization.AnyMeshPeer()),
                        port(3307, false, strict ? granted() : new Authorization.AnyMeshPeer())),
                reach,
                DESTINATIONS,
                List.of(),
                true);
    }

    private static ProxyPlan with(List<Destination> destinations) {
        return new ProxyPlan(WEB, SidecarSettings.Tls.DEFAULT, List.of(), CLOSED, destinations, List.of(), false);
    }

    private static Authorization granted(Grant... grants) {
        return new Authorization.Granted(List.of(grants));
    }

    private static InboundPort port(int port, boolean http, Authorization authorization) {
        return new InboundPort(port, http, "127.0.0.1", "shop/orders|" + port, authorization);
    }

    private static void accepted(ProxyPlan plan) {
        EnvoyJudge.Verdict verdict = EnvoyJudge.judge(Renderer.render(plan));

        assertThat(verdict.exitCode()).as(verdict.output()).isZero();
        assertThat(verdict.output()).doesNotContain("deprecated", "Using deprecated");
    }

    @ParameterizedTest
    @Tag("envoy")
    @ValueSource(booleans = {false, true})
    void envoyTakesBothModesWithAndWithoutEgress(boolean strict) {
        accepted(plan(strict, CLOSED));
        accepted(plan(strict, OPEN));
    }

    @Test
    @Tag("envoy")
    void envoyTakesAProxyThatKnowsNothingYet() {
        accepted(new ProxyPlan(WEB, SidecarSettings.Tls.DEFAULT, List.of(), NOTHING, List.of(), List.of(), false));
    }

    @Test
    @Tag("envoy")
    void envoyTakesTheWholeWorldAsTheMesh() {
        Reach everything = new Reach(List.of(new Cidr(0, 0)), List.of(), true);

        accepted(new ProxyPlan(WEB, SidecarSettings.Tls.DEFAULT, List.of(), everything, List.of(), List.of(), false));
    }

    @Test
    @Tag("envoy")
    void envoyTakesPodIpModeAndChosenCiphers() {
        accepted(new ProxyPlan(
                WEB,
                new SidecarSettings.Tls(
                        io.osmj.core.settings.TlsVersion.TLSv1_2,
                        io.osmj.core.settings.TlsVersion.TLSv1_2,
                        List.of("ECDHE-ECDSA-AES128-GCM-SHA256"),
                        List.of("X25519")),
                List.of(new InboundPort(
                        2181, false, "10.244.0.4", "zk/zookeeper|2181", new Authorization.AnyMeshPeer())),
                OPEN,
                List.of(),
                List.of(),
                false));
    }

    @Test
    void aChangeOfModeIsAPushOfClustersOnTheCallersSide() {
        ResourceSet permissive = Renderer.render(with(List.of(destination(Carriage.HTTP, MESHED))));
        ResourceSet strict = Renderer.render(with(List.of(destination(Carriage.HTTP, new Denied()))));

        assertThat(strict.of(ResourceType.LISTENER)).isEqualTo(permissive.of(ResourceType.LISTENER));
        assertThat(strict.of(ResourceType.ROUTE)).isEqualTo(permissive.of(ResourceType.ROUTE));
        assertThat(strict.of(ResourceType.CLUSTER)).isNotEqualTo(permissive.of(ResourceType.CLUSTER));
    }

    @Test
    void theFrameKnowsNoDestination() {
        assertThat(Renderer.frame(with(DESTINATIONS))).isEqualTo(Renderer.frame(with(List.of())));
        assertThat(Renderer.list(with(List.of()))).isEqualTo(Renderer.frame(with(List.of())));
    }

    /** What is answered under another name than the one asked for leaves the caller waiting. */
    @ParameterizedTest
    @MethodSource("destinations")
    void aDestinationIsAnsweredUnderTheNamesThatAreAskedFor(Destination destination) {
        List<EnvoyResource> resources = Renderer.destination(destination, SidecarSettings.Tls.DEFAULT);

        assertThat(resources)
                .filteredOn(resource -> resource.type() == ResourceType.CLUSTER)
                .extracting(resource -> DestinationName.asked(resource.name()).orElseThrow())
                .containsExactlyElementsOf(asked(destination));
        assertThat(resources)
                .extracting(EnvoyResource::name)
                .containsAll(resources.stream()
                        .map(EnvoyResource::endpointName)
                        .filter(name -> !name.isEmpty())
                        .toList());
    }

    static List<Destination> destinations() {
        return DESTINATIONS;
    }

    private static List<DestinationName> asked(Destination destination) {
        DestinationName requests = new DestinationName(true, destination.address(), destination.port());
        DestinationName bytes = new DestinationName(false, destination.address(), destination.port());
        return switch (destination.carriage()) {
            case HTTP -> List.of(requests);
            case TCP -> List.of(bytes);
            case HTTP_ON_MIXED_PORT -> List.of(bytes, requests);
        };
    }

    @Test
    void aTcpPortThatNobodyMayUseHasNoChain() {
        var listeners = Renderer.render(plan(true, CLOSED)).of(ResourceType.LISTENER);

        assertThat(requireNonNull(listeners.get("inbound-listener")).body().toStringUtf8())
                .contains("inbound_3306")
                .doesNotContain("inbound_3307");
    }
}
