package io.osmj.xds.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.cluster.v3.Cluster.DiscoveryType;
import io.envoyproxy.envoy.config.cluster.v3.Cluster.EdsClusterConfig;
import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.config.core.v3.Metadata;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.TlsCertificate;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class EnvoyResourceTest {
    @Test
    void theVersionIsTheContent() {
        EnvoyResource first = EnvoyResource.of(ResourceType.CLUSTER, "a", labelled("x", "y"));
        EnvoyResource sameInAnotherOrder = EnvoyResource.of(ResourceType.CLUSTER, "a", labelled("y", "x"));
        EnvoyResource changed = EnvoyResource.of(ResourceType.CLUSTER, "a", labelled("x", "z"));

        assertThat(sameInAnotherOrder).isEqualTo(first);
        assertThat(changed.version()).hasSize(32).isNotEqualTo(first.version());
    }

    @Test
    void aSecretShowsNothing() {
        String key = "-----BEGIN PRIVATE KEY-----";
        Secret secret = Secret.newBuilder()
                .setName("s")
                .setTlsCertificate(TlsCertificate.newBuilder()
                        .setPrivateKey(DataSource.newBuilder()
                                .setInlineBytes(ByteString.copyFrom(key, StandardCharsets.UTF_8))))
                .build();

        EnvoyResource resource = EnvoyResource.of(ResourceType.SECRET, "s", secret);

        assertThat(resource.body().toStringUtf8()).contains(key);
        assertThat(resource.toString()).contains("SECRET s").doesNotContain("PRIVATE");
        assertThat(ResourceSet.of(List.of(resource)).toString()).contains("s").doesNotContain("PRIVATE");
    }

    @Test
    void aClusterNamesTheEndpointsThatFollowIt() {
        Cluster renamed = Cluster.newBuilder()
                .setName("a")
                .setType(DiscoveryType.EDS)
                .setEdsClusterConfig(EdsClusterConfig.newBuilder().setServiceName("b"))
                .build();
        Cluster plain =
                Cluster.newBuilder().setName("a").setType(DiscoveryType.EDS).build();
        Cluster fixed =
                Cluster.newBuilder().setName("a").setType(DiscoveryType.STATIC).build();

        assertThat(EnvoyResource.of(ResourceType.CLUSTER, "a", renamed).endpointName())
                .isEqualTo("b");
        assertThat(EnvoyResource.of(ResourceType.CLUSTER, "a", plain).endpointName())
                .isEqualTo("a");
        assertThat(EnvoyResource.of(ResourceType.CLUSTER, "a", fixed).endpointName())
                .isEmpty();
    }

    @Test
    void aMessageThatDoesNotFitIsRefused() {
        assertThatThrownBy(() -> EnvoyResource.of(ResourceType.LISTENER, "a", labelled("x", "y")))
                .hasMessageContaining("envoy.config.listener.v3.Listener");
        assertThatThrownBy(() -> EnvoyResource.of(ResourceType.CLUSTER, "b", labelled("x", "y")))
                .hasMessageContaining("calls itself 'a'");
        assertThatThrownBy(() -> EnvoyResource.of(ResourceType.CLUSTER, "", Cluster.getDefaultInstance()))
                .hasMessageContaining("no name");
    }

    private static Cluster labelled(String... keys) {
        Metadata.Builder metadata = Metadata.newBuilder();
        for (String key : keys) {
            metadata.putFilterMetadata(
                    key,
                    Struct.newBuilder()
                            .putFields(
                                    "k", Value.newBuilder().setBoolValue(true).build())
                            .build());
        }
        return Cluster.newBuilder().setName("a").setMetadata(metadata).build();
    }
}
