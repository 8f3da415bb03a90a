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
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The host of a proxy goes without a word, as when it loses power: nothing comes from it any more, and nobody says so. */
@Tag("netns")
class LostHostTest {
    /** 10.203.0.1 */
    private static final byte[] HERE = {10, (byte) 203, 0, 1};

    private static final String NEAR = "lost" + ProcessHandle.current().pid();
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
    void isFoundByTheKernelBeforeAnyoneAsks() throws UnknownHostException {
        try (Namespace host = new Namespace("osm-lost")) {
            cable(host);
            InetAddress address = InetAddress.getByAddress(HERE);
            try (XdsServer server = ControlPlane.start(address, new Resolver(Lab.CLOSED), IMPATIENT)) {
                ManagedChannel proxy = host.call(() -> attach(new InetSocketAddress(address, server.port())));
                try {
                    isFound(host, server);
                } finally {
                    proxy.shutdownNow();
                }
            } finally {
                Namespace.command("ip", "link", "delete", NEAR);
            }
        }
    }

    private static void isFound(Namespace host, XdsServer server) {
        await().until(() -> streams(server) == 1);
        // One that lives is kept, however quiet it is.
        await().during(SILENCE.plus(ANSWER).plusSeconds(1)).until(() -> streams(server) == 1);

        host.run("ip", "link", "set", "eth0", "down");
        await().atMost(SILENCE.plus(ANSWER).plusSeconds(2)).until(() -> streams(server) == 0);
    }

    private static void cable(Namespace host) {
        Namespace.command("ip", "link", "add", NEAR, "type", "veth", "peer", "name", "eth0", "netns", host.name());
        Namespace.command("ip", "address", "add", "10.203.0.1/30", "dev", NEAR);
        Namespace.command("ip", "link", "set", NEAR, "up");
        host.run("ip", "address", "add", "10.203.0.2/30", "dev", "eth0");
        host.run("ip", "link", "set", "eth0", "up");
    }

    private static long streams(XdsServer server) {
        return server.metrics().counts().streams();
    }

    private static ManagedChannel attach(InetSocketAddress server) throws SSLException {
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + ControlPlane.TOKEN);
        ManagedChannel channel = NettyChannelBuilder.forAddress(server)
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
