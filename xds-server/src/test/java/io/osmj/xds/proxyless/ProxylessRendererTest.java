package io.osmj.xds.proxyless;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext;
import io.osmj.core.identity.ServiceAccount;
import io.osmj.core.identity.SpiffeId;
import io.osmj.core.identity.TrustDomain;
import io.osmj.core.plan.Destination.Allowed;
import io.osmj.core.plan.Destination.Backend;
import io.osmj.core.plan.NamedService;
import io.osmj.core.service.ServicePort;
import io.osmj.xds.resource.EnvoyResource;
import io.osmj.xds.resource.ResourceSet;
import io.osmj.xds.resource.ResourceType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProxylessRendererTest {
    private static final ServicePort ECHO = new ServicePort("shop", "echo", 8080);
    private static final String NAME = "echo.shop.svc.cluster.local:8080";
    private static final SpiffeId ID = new ServiceAccount("shop", "echo").in(TrustDomain.CLUSTER_LOCAL);

    private static ResourceSet render(List<SpiffeId> identities, Backend... backends) {
        return ResourceSet.of(ProxylessRenderer.render(
                new NamedService(ECHO, "echo.shop.svc.cluster.local", new Allowed(List.of(backends), identities))));
    }

    private static Cluster cluster(ResourceSet set) {
        try {
            return Cluster.parseFrom(resource(set, ResourceType.CLUSTER).body());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ClusterLoadAssignment endpoints(ResourceSet set) {
        try {
            return ClusterLoadAssignment.parseFrom(
                    resource(set, ResourceType.ENDPOINT).body());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    private static EnvoyResource resource(ResourceSet set, ResourceType type) {
        return set.of(type).firstEntry().getValue();
    }

    @SuppressWarnings("deprecation") // what gRPC reads
    private static List<String> trusted(ResourceSet set) throws InvalidProtocolBufferException {
        return cluster(set)
                .getTransportSocket()
                .getTypedConfig()
                .unpack(UpstreamTlsContext.class)
                .getCommonTlsContext()
                .getValidationContext()
                .getMatchSubjectAltNamesList()
                .stream()
                .map(name -> name.getExact())
                .toList();
    }

    @Test
    void everyNameOfTheServiceLeadsToOneCluster() {
        ResourceSet set = render(List.of(ID), new Backend("10.244.0.1", 8080, true, 1));

        assertThat(set.of(ResourceType.LISTENER).keySet())
                .containsExactlyInAnyOrder("echo.shop:8080", "echo.shop.svc:8080", NAME)
                .allSatisfy(name -> assertThat(ServiceName.asked(name)).contains(ECHO));
        assertThat(set.of(ResourceType.ROUTE)).containsOnlyKeys(NAME);
        assertThat(set.of(ResourceType.CLUSTER)).containsOnlyKeys(NAME);
        assertThat(set.of(ResourceType.ENDPOINT)).containsOnlyKeys(NAME);
    }

    @Test
    void whomToTrustIsNeverAnEmptyList() throws InvalidProtocolBufferException {
        assertThat(trusted(render(List.of(ID), new Backend("10.244.0.1", 8080, true, 1))))
                .containsExactly("spiffe://cluster.local/ns/shop/sa/echo");
        assertThat(trusted(render(List.of()))).containsExactly("spiffe://nobody.invalid/");
    }

    @Test
    void whereSomeHaveASidecarTheOthersAreLeftAlone() {
        Backend meshed = new Backend("10.244.0.1", 8080, true, 1);
        Backend plain = new Backend("10.244.0.2", 8080, false, 1);

        assertThat(cluster(render(List.of(ID), meshed, plain)).hasTransportSocket())
                .isTrue();
        assertThat(endpoints(render(List.of(ID), meshed, plain)).toString())
                .contains("10.244.0.1")
                .doesNotContain("10.244.0.2");
        assertThat(cluster(render(List.of(), plain)).hasTransportSocket()).isFalse();
        assertThat(endpoints(render(List.of(), plain)).toString()).contains("10.244.0.2");
    }

    @Test
    void partsOfASplitAreWeightsOfLocalities() {
        ClusterLoadAssignment endpoints = endpoints(render(
                List.of(ID),
                new Backend("10.244.0.1", 8080, true, 450_000),
                new Backend("10.244.0.2", 8080, true, 450_000),
                new Backend("10.244.0.3", 8080, true, 100_000),
                new Backend("10.244.0.4", 8080, true, 0)));

        assertThat(endpoints.getEndpointsList())
                .extracting(locality -> locality.getLocality().getSubZone() + " "
                        + locality.getLoadBalancingWeight().getValue() + " " + locality.getLbEndpointsCount())
                .containsExactly("weight-100000 100000 1", "weight-450000 900000 2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "echo",
                "echo:8080",
                "echo.shop",
                "echo.shop:0",
                "echo.shop:70000",
                "echo.shop:99999999999",
                "Echo.shop:80",
                "-echo.shop:80",
                "echo.shop.svc.cluster:80",
                "a.echo.shop:80",
                "10.0.0.1:80",
                "h|10.0.0.1:80",
                "outbound-listener"
            })
    void otherNamesAreNoServices(String name) {
        assertThat(ServiceName.asked(name)).isEmpty();
    }
}
