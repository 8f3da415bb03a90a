package io.osmj.integration.ondemand;

import static org.awaitility.Awaitility.await;

import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.osmj.xds.serve.ConnectionOptions;
import io.osmj.xds.serve.XdsServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The host of a proxy goes without a word, as when it loses power: nothing comes from it any more, and nobody says so. */
@Tag("netns")
class LostHostTest {
    private static final Duration SILENCE = Duration.ofSeconds(2);
    private static final Duration ANSWER = Duration.ofSeconds(3);
    private static final ConnectionOptions IMPATIENT = new ConnectionOptions(
            ConnectionOptions.DEFAULT.age(),
            ConnectionOptions.DEFAULT.grace(),
            SILENCE,
            ANSWER,
            ConnectionOptions.DEFAULT.clientKeepAlive(),
            Duration.ofSeconds(1),
            ConnectionOptions.DEFAULT.maxStreams(),
            ConnectionOptions.DEFAULT.maxRequestBytes());

    @Test
    void isFoundByTheKernelBeforeAnyoneAsks() {
        try (Namespace network = new Namespace("osm-lost");
                XdsServer server = network.call(() -> ControlPlane.start(new Resolver(Lab.CLOSED), IMPATIENT))) {
            ManagedChannel proxy = network.call(() -> attach(server.port()));
            try {
                await().until(() -> streams(server) == 1);
                // One that lives is kept, however quiet it is.
                await().during(SILENCE.plus(ANSWER).plusSeconds(1)).until(() -> streams(server) == 1);

                network.run("ip", "link", "set", "lo", "down");
                await().atMost(SILENCE.plus(ANSWER).plusSeconds(2)).until(() -> streams(server) == 0);
            } finally {
                proxy.shutdownNow();
            }
        }
    }

    private static long streams(XdsServer server) {
        return server.metrics().counts().streams();
    }

    private static ManagedChannel attach(int port) throws SSLException {
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + ControlPlane.TOKEN);
        ManagedChannel channel = NettyChannelBuilder.forAddress(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .sslContext(GrpcSslContexts.forClient()
                        .trustManager(InsecureTrustManagerFactory.INSTANCE)
                        .build())
                .overrideAuthority(ControlPlane.NAME)
                .intercept(MetadataUtils.newAttachHeadersInterceptor(headers))
                .build();
        AggregatedDiscoveryServiceGrpc.newStub(channel).deltaAggregatedResources(new Nobody());
        return channel;
    }

    private static final class Nobody implements StreamObserver<DeltaDiscoveryResponse> {
        @Override
        public void onNext(DeltaDiscoveryResponse response) {}

        @Override
        public void onError(Throwable error) {}

        @Override
        public void onCompleted() {}
    }
}
