package io.osmj.integration.ondemand;

import io.envoyproxy.envoy.service.cluster.v3.ClusterDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import io.osmj.core.plan.Destination;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/** A gRPC call of the application, by gRPC's own client. Which method is called does not matter to who may call. */
final class GrpcCall {
    private GrpcCall() {}

    static Status status(Namespace pod, Destination destination) {
        EventLoopGroup events = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        ManagedChannel channel = NettyChannelBuilder.forAddress(
                        new InetSocketAddress(destination.address(), destination.port()))
                .usePlaintext()
                .eventLoopGroup(events)
                .channelFactory(() -> pod.call(NioSocketChannel::new))
                .build();
        try {
            var _ = ClusterDiscoveryServiceGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(10, TimeUnit.SECONDS)
                    .fetchClusters(DiscoveryRequest.getDefaultInstance());
            return Status.OK;
        } catch (StatusRuntimeException e) {
            return e.getStatus();
        } finally {
            channel.shutdownNow();
            var _ = events.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        }
    }
}
