package io.osmj.xds.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmj.core.origin.Part;
import io.osmj.core.service.DialledAddress;
import io.osmj.core.service.ServicePort;
import io.osmj.xds.resource.ResourceType;
import org.junit.jupiter.api.Test;

/** Names of resources, and the parts of the mesh that they stand for. */
class ResourcePartTest {
    private static final Part ADDRESS = new Part.Destination(new DialledAddress("10.96.0.7", 80));
    private static final Part NAMED = new Part.Named(new ServicePort("shop", "orders", 80));

    @Test
    void eachNameIsAPart() {
        assertThat(ResourcePart.of(ResourceType.CLUSTER, "h|10.96.0.7:80")).isEqualTo(ADDRESS);
        assertThat(ResourcePart.of(ResourceType.ENDPOINT, "t|10.96.0.7:80")).isEqualTo(ADDRESS);
        assertThat(ResourcePart.of(ResourceType.CLUSTER, Names.localCluster(8080)))
                .isEqualTo(new Part.Application(8080));
        assertThat(ResourcePart.of(ResourceType.CLUSTER, Names.httpHost("pay.example.com", 80)))
                .isEqualTo(new Part.Host("pay.example.com", 80));
        assertThat(ResourcePart.of(ResourceType.CLUSTER, Names.tlsHost("pay.example.com", 443)))
                .isEqualTo(new Part.Host("pay.example.com", 443));
        assertThat(ResourcePart.of(ResourceType.LISTENER, Names.exit(443))).isEqualTo(new Part.WayOut(443));
        assertThat(ResourcePart.of(ResourceType.CLUSTER, Names.exit(443))).isEqualTo(new Part.WayOut(443));
        assertThat(ResourcePart.of(ResourceType.ROUTE, Names.exitRoutes(80))).isEqualTo(new Part.WayOut(80));
        assertThat(ResourcePart.of(ResourceType.ROUTE, Names.inboundRoutes(8080)))
                .isEqualTo(new Part.InboundRequests(8080));
        assertThat(ResourcePart.of(ResourceType.ROUTE, Names.OUTBOUND_ROUTES)).isEqualTo(new Part.Retried());
        assertThat(ResourcePart.of(ResourceType.LISTENER, Names.INBOUND_LISTENER))
                .isEqualTo(new Part.InboundConnections());
        assertThat(ResourcePart.of(ResourceType.LISTENER, Names.OUTBOUND_LISTENER))
                .isEqualTo(new Part.Frame());
    }

    @Test
    void whatAnXdsClientAsksForByNameIsItsService() {
        assertThat(ResourcePart.of(ResourceType.LISTENER, "orders.shop:80")).isEqualTo(NAMED);
        assertThat(ResourcePart.of(ResourceType.CLUSTER, "orders.shop.svc.cluster.local:80"))
                .isEqualTo(NAMED);
        assertThat(ResourcePart.of(ResourceType.ROUTE, "orders.shop.svc.cluster.local:80"))
                .isEqualTo(NAMED);
    }

    @Test
    void noObjectIsBehindOtherNames() {
        assertThat(ResourcePart.of(ResourceType.SECRET, Names.SERVICE_CERTIFICATE))
                .isEqualTo(new Part.Unknown());
        assertThat(ResourcePart.of(ResourceType.CLUSTER, Names.PASSTHROUGH_CLUSTER))
                .isEqualTo(new Part.Unknown());
        assertThat(ResourcePart.of(ResourceType.ROUTE, "rds-inbound.x")).isEqualTo(new Part.Unknown());
    }
}
