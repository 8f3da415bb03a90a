package io.osmj.core.origin;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmj.core.compile.MeshIndex;
import io.osmj.core.identity.ServiceAccount;
import io.osmj.core.identity.TrustDomain;
import io.osmj.core.intercept.Cidr;
import io.osmj.core.policy.AllowRule;
import io.osmj.core.policy.ConnectionLimits;
import io.osmj.core.policy.EgressRule;
import io.osmj.core.policy.HttpMatch;
import io.osmj.core.policy.IngressProtocol;
import io.osmj.core.policy.IngressRule;
import io.osmj.core.policy.LimitRule;
import io.osmj.core.policy.Rate;
import io.osmj.core.policy.RateLimits;
import io.osmj.core.policy.RequestLimit;
import io.osmj.core.policy.RetryPolicy;
import io.osmj.core.policy.RetryRule;
import io.osmj.core.policy.RouteObject;
import io.osmj.core.policy.SplitRule;
import io.osmj.core.policy.TcpAllowance;
import io.osmj.core.problem.ObjectRef;
import io.osmj.core.service.DialledAddress;
import io.osmj.core.service.ServicePort;
import io.osmj.core.settings.AccessLog;
import io.osmj.core.settings.MeshSettings;
import io.osmj.core.settings.SidecarSettings;
import io.osmj.core.settings.TlsVersion;
import io.osmj.core.state.ClusterState;
import io.osmj.core.state.EndpointState;
import io.osmj.core.state.PodState;
import io.osmj.core.state.ServiceState;
import io.osmj.core.state.StatePatch;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** One mesh in which each kind of object has a hand in something, and each part of what its pods are told. */
class OriginsTest {
    private static final ObjectRef CONFIG = new ObjectRef("MeshConfig", "osm-system", "osm-mesh-config");
    private static final PodState WEB = pod("web", "10.244.0.11");
    private static final PodState ORDERS = pod("orders", "10.244.0.21");
    private static final HttpMatch BUY = new HttpMatch("/buy/[0-9]+", List.of("GET"), Map.of("client", "web.*"));
    private static final HttpMatch LOOK = new HttpMatch("/look", List.of(), Map.of());
    private static final Rate ONE = new Rate(1, Rate.Unit.SECOND, 0);

    private final MeshIndex mesh = new MeshIndex(TrustDomain.CLUSTER_LOCAL);

    private static PodState pod(String name, String address) {
        return new PodState(
                "shop", name, name, address, new ServiceAccount("shop", name), true, false, List.of(), false);
    }

    private static ObjectRef ref(String kind, String name) {
        return new ObjectRef(kind, "shop", name);
    }

    private static ServiceState service(String name, String ip, String protocol) {
        return new ServiceState("shop", name, List.of(ip), List.of(new ServiceState.Port("p", 80, protocol)));
    }

    private static RouteObject group(String name, HttpMatch match) {
        return new RouteObject(ref("HTTPRouteGroup", name), List.of(match));
    }

    private static MeshSettings settings(boolean permissive, boolean egress, SidecarSettings.Tls tls) {
        SidecarSettings sidecar = SidecarSettings.DEFAULT;
        return new MeshSettings(
                new MeshSettings.Traffic(
                        permissive,
                        egress,
                        true,
                        MeshSettings.WITHOUT_MESH_CONFIG.traffic().interception()),
                new SidecarSettings(
                        sidecar.logLevel(),
                        sidecar.envoyImage(),
                        sidecar.initContainerImage(),
                        false,
                        sidecar.resources(),
                        false,
                        0,
                        tls),
                MeshSettings.WITHOUT_MESH_CONFIG.certificate(),
                new MeshSettings.Observability("info", AccessLog.ALL),
                true);
    }

    private static final MeshSettings STRICT = settings(false, false, SidecarSettings.Tls.DEFAULT);

    private static AllowRule target(String name, HttpMatch match) {
        return new AllowRule(
                ref("TrafficTarget", name),
                ORDERS.account(),
                List.of(WEB.account()),
                List.of(match),
                new TcpAllowance.Ports(List.of(9000)),
                List.of(group(name, match), new RouteObject(ref("TCPRoute", name), List.of())));
    }

    private static ClusterState state(MeshSettings settings) {
        return new ClusterState(
                TrustDomain.CLUSTER_LOCAL,
                settings,
                List.of(WEB, ORDERS),
                List.of(
                        service("orders", "10.96.0.20", "http"),
                        service("orders-v2", "10.96.0.21", "http"),
                        service("wire", "10.96.0.22", "tcp")),
                List.of(
                        new EndpointState("shop", "orders", "p", ORDERS.address(), 3000, "orders"),
                        new EndpointState("shop", "orders-v2", "p", ORDERS.address(), 3000, "orders"),
                        new EndpointState("shop", "wire", "p", ORDERS.address(), 9000, "orders")),
                List.of(target("buying", BUY), target("looking", LOOK)),
                List.of(new SplitRule(
                        ref("TrafficSplit", "canary"), "orders", List.of(new SplitRule.Backend("orders-v2", 1)))),
                List.of(new IngressRule(
                        ref("IngressBackend", "gate"),
                        List.of(new IngressRule.Backend(
                                "orders", 3000, IngressProtocol.HTTPS, List.of("orders.example.com"))),
                        List.of(new IngressRule.Range(Cidr.EVERYTHING)))),
                List.of(new EgressRule(
                        ref("Egress", "pay"),
                        List.of(WEB.account()),
                        List.of("pay.example.com"),
                        List.of(),
                        List.of(new EgressRule.Port(80, EgressRule.By.HTTP_HOST)),
                        List.of(LOOK),
                        List.of(group("paying", LOOK)))),
                List.of(new RetryRule(
                        ref("Retry", "again"),
                        "",
                        WEB.account(),
                        List.of(new RetryRule.Service("shop", "orders")),
                        new RetryPolicy(List.of("5xx"), Duration.ZERO, 1, Duration.ofMillis(25)))),
                List.of(new LimitRule(
                        ref("UpstreamTrafficSetting", "limits"),
                        "",
                        "orders",
                        ConnectionLimits.NONE,
                        new RateLimits(
                                ONE,
                                List.of(new RequestLimit(
                                        "/slow/.*",
                                        ONE,
                                        429,
                                        List.of(new RequestLimit.Header("x-wait", "a while"))))))));
    }

    private List<String> origins(MeshSettings settings, PodState pod, Part part) {
        mesh.apply(StatePatch.whole(state(settings)));
        return objects(Origins.of(mesh, CONFIG, pod.uid(), part));
    }

    private static List<String> objects(List<Source> sources) {
        return sources.stream().map(source -> source.object().toString()).toList();
    }

    @Test
    void aDestinationIsItsServiceWithWhatIsSaidOfIt() {
        Part address = new Part.Destination(new DialledAddress("10.96.0.20", 80));

        assertThat(origins(STRICT, WEB, address))
                .containsExactly(
                        "UpstreamTrafficSetting shop/limits", "TrafficSplit shop/canary", "Service shop/orders");
        assertThat(origins(STRICT, WEB, new Part.Named(new ServicePort("shop", "orders", 80))))
                .containsExactly(
                        "UpstreamTrafficSetting shop/limits", "TrafficSplit shop/canary", "Service shop/orders");
        assertThat(origins(STRICT, WEB, new Part.Destination(new DialledAddress("10.96.0.22", 80))))
                .containsExactly("Service shop/wire");
    }

    @Test
    void whatSidecarsSpeakIsOfMeshConfigWhereItSaysSo() {
        MeshSettings ciphers = settings(
                false,
                false,
                new SidecarSettings.Tls(TlsVersion.TLSv1_2, TlsVersion.TLSv1_2, List.of("AES128-SHA"), List.of()));

        assertThat(origins(ciphers, WEB, new Part.Destination(new DialledAddress("10.96.0.22", 80))))
                .containsExactly("MeshConfig osm-system/osm-mesh-config", "Service shop/wire");
        assertThat(origins(ciphers, ORDERS, new Part.InboundConnections()))
                .contains("MeshConfig osm-system/osm-mesh-config");
        assertThat(origins(STRICT, ORDERS, new Part.Frame())).isEmpty();
    }

    @Test
    void whatBecomesOfRequestsIsSaidByPoliciesOfThePort() {
        assertThat(origins(STRICT, ORDERS, new Part.InboundRequests(3000)))
                .containsExactly(
                        "HTTPRouteGroup shop/buying",
                        "TCPRoute shop/buying",
                        "TrafficTarget shop/buying",
                        "HTTPRouteGroup shop/looking",
                        "TCPRoute shop/looking",
                        "TrafficTarget shop/looking",
                        "UpstreamTrafficSetting shop/limits",
                        "IngressBackend shop/gate",
                        "Service shop/orders");
        assertThat(origins(settings(true, false, SidecarSettings.Tls.DEFAULT), ORDERS, new Part.InboundRequests(3000)))
                .containsExactly(
                        "UpstreamTrafficSetting shop/limits", "IngressBackend shop/gate", "Service shop/orders");
        assertThat(origins(STRICT, ORDERS, new Part.Application(9000))).containsExactly("Service shop/wire");
    }

    @Test
    void connectionsAreAllPortsTogetherWithoutWhatIsSaidOfRequests() {
        assertThat(origins(STRICT, ORDERS, new Part.InboundConnections()))
                .containsExactly(
                        "UpstreamTrafficSetting shop/limits",
                        "IngressBackend shop/gate",
                        "HTTPRouteGroup shop/buying",
                        "TCPRoute shop/buying",
                        "TrafficTarget shop/buying",
                        "HTTPRouteGroup shop/looking",
                        "TCPRoute shop/looking",
                        "TrafficTarget shop/looking",
                        "Service shop/orders",
                        "Service shop/wire");
    }

    @Test
    void whatLeavesAndWhatIsTriedAgainIsOfTheCallersPolicies() {
        assertThat(origins(STRICT, WEB, new Part.Retried())).containsExactly("Retry shop/again");
        assertThat(origins(STRICT, ORDERS, new Part.Retried())).isEmpty();
        for (Part part : List.of(
                new Part.WayOut(80),
                new Part.Host("pay.example.com", 80),
                new Part.Destination(new DialledAddress("192.0.2.1", 80)))) {
            assertThat(origins(STRICT, WEB, part)).containsExactly("HTTPRouteGroup shop/paying", "Egress shop/pay");
        }
        assertThat(origins(STRICT, WEB, new Part.WayOut(443))).isEmpty();
        assertThat(origins(
                        settings(false, true, SidecarSettings.Tls.DEFAULT),
                        WEB,
                        new Part.Destination(new DialledAddress("192.0.2.1", 80))))
                .containsExactly("MeshConfig osm-system/osm-mesh-config");
    }

    @Test
    void whatNoObjectSaysComesFromNone() {
        assertThat(origins(STRICT, WEB, new Part.Unknown())).isEmpty();
        assertThat(objects(Origins.of(mesh, CONFIG, "gone", new Part.InboundRequests(3000))))
                .isEmpty();
    }

    @Test
    void theWordsOfTheProxyTellOneFromTheOthers() {
        mesh.apply(StatePatch.whole(state(STRICT)));
        List<Source> sources = Origins.of(mesh, CONFIG, "orders", new Part.InboundRequests(3000));

        assertThat(Suspects.of(sources, "regex '/buy/[0-9]+' RE2 program size of 30 > 20"))
                .isEqualTo(new Suspects(List.of(ref("HTTPRouteGroup", "buying")), "/buy/[0-9]+"));
        assertThat(Suspects.of(sources, "regex '/slow/.*' RE2 program size of 30 > 20")
                        .objects())
                .containsExactly(ref("UpstreamTrafficSetting", "limits"));
        assertThat(Suspects.of(sources, "header x-wait is none").quoted()).isEqualTo("x-wait");
        assertThat(Suspects.of(sources, "something else").objects()).hasSize(sources.size());
        assertThat(Suspects.of(List.of(), "something else")).isEqualTo(new Suspects(List.of(), ""));
    }

    @Test
    void withoutAWordOfItWhatChangedLastIsLikeliest() {
        mesh.apply(StatePatch.whole(state(STRICT)));
        AllowRule changed = target("looking", new HttpMatch("/see", List.of(), Map.of()));
        mesh.apply(new StatePatch(
                false,
                Optional.empty(),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(changed.origin(), Optional.of(changed)),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of()));

        List<Source> sources = Origins.of(mesh, CONFIG, "orders", new Part.InboundRequests(3000));

        assertThat(Suspects.of(sources, "no").objects())
                .startsWith(
                        ref("HTTPRouteGroup", "looking"), ref("TCPRoute", "looking"), ref("TrafficTarget", "looking"));
    }
}
