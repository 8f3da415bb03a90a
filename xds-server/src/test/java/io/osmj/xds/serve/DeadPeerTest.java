package io.osmj.xds.serve;

import static org.awaitility.Awaitility.await;

import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import io.osmj.xds.conformance.Service;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** A peer whose connection stands and that answers nothing, as when its node has lost power. */
final class DeadPeerTest {
    private static final ConnectionOptions IMPATIENT = new ConnectionOptions(
            Duration.ofMinutes(30),
            Duration.ofSeconds(30),
            Duration.ofMillis(50),
            Duration.ofMillis(500),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            16,
            1 << 20);

    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final CountDownLatch over = new CountDownLatch(1);

    /** The only thread that reads and writes for the client. */
    private void die() {
        loop.execute(() -> {
            try {
                over.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Test
    void isFoundByTheAnswerThatDoesNotCome() {
        try (TestServer server = new TestServer(new TestAuthority(), 0, IMPATIENT, StreamLimits.DEFAULT)) {
            NettyChannelBuilder builder =
                    GrpcClient.channel(server.authority, server.port(), "Bearer " + TestServer.TOKEN);
            ManagedChannel channel = builder.eventLoopGroup(loop)
                    .channelType(NioSocketChannel.class)
                    .build();
            ClientCalls.asyncBidiStreamingCall(channel.newCall(Service.ADS.delta(), CallOptions.DEFAULT), new Nobody());
            await().until(() -> server.watched() == 1);
            // One that lives is kept, however quiet it is.
            await().during(Duration.ofSeconds(2)).until(() -> server.watched() == 1);

            die();
            await().until(() -> server.watched() == 0);
            over.countDown();
            channel.shutdownNow();
        } finally {
            over.countDown();
            var _ = loop.shutdownGracefully();
        }
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
