package io.osmj.integration.ondemand;

import io.envoyproxy.envoy.service.cluster.v3.ClusterDiscoveryServiceGrpc.ClusterDiscoveryServiceImplBase;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A gRPC server that says that it is unavailable until it was called often enough. {@link GrpcCall} calls it. */
final class FailingGrpc extends ClusterDiscoveryServiceImplBase implements AutoCloseable {
    private final EventLoopGroup events = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final AtomicInteger left;
    private final Server server;

    FailingGrpc(Namespace place, int failures) throws IOException {
        this.left = new AtomicInteger(failures);
        this.server = NettyServerBuilder.forAddress(new InetSocketAddress("0.0.0.0", 0))
                .bossEventLoopGroup(events)
                .workerEventLoopGroup(events)
                .channelFactory(() -> place.call(NioServerSocketChannel::new))
                .addService(this)
                .build()
                .start();
    }

    int port() {
        return server.getPort();
    }

    @Override
    public void fetchClusters(DiscoveryRequest request, StreamObserver<DiscoveryResponse> answer) {
        if (left.getAndDecrement() > 0) {
            answer.onError(Status.UNAVAILABLE.asRuntimeException());
        } else {
            answer.onNext(DiscoveryResponse.getDefaultInstance());
            answer.onCompleted();
        }
    }

    @Override
    public void close() {
        server.shutdownNow();
        var _ = events.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
}
