package io.osmj.integration.envoy;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmj.core.identity.ServiceAccount;
import io.osmj.core.identity.SpiffeId;
import io.osmj.core.identity.TrustDomain;
import io.osmj.core.plan.Authorization;
import io.osmj.core.plan.Authorization.Grant;
import io.osmj.core.plan.Destination;
import io.osmj.core.plan.Destination.Allowed;
import io.osmj.core.plan.Destination.Backend;
import io.osmj.core.plan.Destination.Denied;
import io.osmj.core.plan.InboundPort;
import io.osmj.core.plan.ProxyPlan;
import io.osmj.core.policy.HttpMatch;
import io.osmj.core.settings.SidecarSettings;
import io.osmj.xds.render.Renderer;
import io.osmj.xds.resource.ResourceType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RendererTest {
    private static final SpiffeId WEB = new ServiceAccount("shop", "web.front").in(TrustDomain.CLUSTER_LOCAL);
    private static final SpiffeId ORDERS = new ServiceAccount("shop", "orders").in(TrustDomain.CLUSTER_LOCAL);
    private static final Allowed MESHED = new Allowed(List.of(new Backend("10.244.0.9", 3000, true)), List.of(ORDERS));
    private static final Allowed MIXED = new Allowed(
            List.of(new Backend("10.244.0.8", 3306, false), new Backend("10.244.0.9", 3306, true)), List.of(ORDERS));
    private static final List<Destination> DESTINATIONS = List.of(
            new Destination("10.96.0.7", 80, true, "shop/orders|80", "orders.shop.svc.cluster.local", MESHED),
            new Destination("10.96.0.7", 3306, false, "shop/db|3306", "db.shop.svc.cluster.local", MIXED),
            new Destination("10.244.0.9", 50002, true, "shop/orders-dapr|50002", "orders-dapr.shop.svc", MESHED),
            new Destination(
                    "10.244.0.12", 50002, true, "shop/orders-dapr|50002", "orders-dapr.shop.svc", new Denied()));
    private static final Grant NARROW = new Grant(
            "TrafficTarget shop/narrow",
            List.of(WEB),
            List.of(new HttpMatch("/orders/.*", List.of("GET", "HEAD"), Map.of("host", "orders.*", "x-tenant", "a"))));
    private static final Grant WIDE = new Grant("TrafficTarget shop/wide", List.of(ORDERS), List.of(HttpMatch.ANY));
    private static final Grant TCP = new Grant("TrafficTarget shop/tcp", List.of(WEB), List.of());

    private static ProxyPlan plan(boolean strict, boolean egress) {
        return new ProxyPlan(
                WEB,
                SidecarSettings.Tls.DEFAULT,
                List.of(
                        port(3000, true, strict ? granted(NARROW, WIDE) : new Authorization.AnyMeshPeer()),
                        port(3001, true, strict ? granted() : new Authorization.AnyMeshPeer()),
                        port(3306, false, strict ? granted(TCP) : new Authorization.AnyMeshPeer()),
                        port(3307, false, strict ? granted() : new Authorization.AnyMeshPeer())),
                DESTINATIONS,
                strict,
                egress,
                true);
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

    @Test
    @Tag("envoy")
    void envoyTakesPermissiveMode() {
        accepted(plan(false, false));
    }

    @Test
    @Tag("envoy")
    void envoyTakesStrictMode() {
        accepted(plan(true, false));
    }

    @Test
    @Tag("envoy")
    void envoyTakesOpenEgress() {
        accepted(plan(true, true));
    }

    @Test
    @Tag("envoy")
    void envoyTakesAProxyThatMayGoAnywhereAndServesNothing() {
        accepted(new ProxyPlan(WEB, SidecarSettings.Tls.DEFAULT, List.of(), List.of(), true, true, false));
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
                List.of(),
                false,
                true,
                false));
    }

    @Test
    void aChangeOfModeLeavesTheHttpListenersAlone() {
        ProxyPlan permissive = new ProxyPlan(
                WEB,
                SidecarSettings.Tls.DEFAULT,
                List.of(port(3000, true, new Authorization.AnyMeshPeer())),
                DESTINATIONS,
                false,
                false,
                false);
        ProxyPlan strict = new ProxyPlan(
                WEB,
                SidecarSettings.Tls.DEFAULT,
                List.of(port(3000, true, granted(NARROW))),
                DESTINATIONS,
                true,
                false,
                false);

        assertThat(Renderer.render(strict).of(ResourceType.LISTENER))
                .isEqualTo(Renderer.render(permissive).of(ResourceType.LISTENER));
        assertThat(Renderer.render(strict).of(ResourceType.ROUTE))
                .isNotEqualTo(Renderer.render(permissive).of(ResourceType.ROUTE));
    }

    @Test
    void aTcpPortThatNobodyMayUseHasNoChain() {
        var listeners = Renderer.render(plan(true, false)).of(ResourceType.LISTENER);

        assertThat(requireNonNull(listeners.get("inbound-listener")).body().toStringUtf8())
                .contains("inbound_3306")
                .doesNotContain("inbound_3307");
    }
}
