package io.osmj.xds.serve;

import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCalls;
import io.osmj.core.identity.ProxyIdentity;
import io.osmj.xds.conformance.Service;
import io.osmj.xds.conformance.Target;
import io.osmj.xds.conformance.Variant;
import io.osmj.xds.resource.ResourceSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The product's server as a target. It offers ADS only, so for the variants with a service for each type there is a second one,
 * put together here from the product's streams, admission and TLS under the names of those services.
 */
final class RealTarget implements Target, AutoCloseable {
    private final TestServer server = new TestServer();
    private final ThreadPoolExecutor threads = Workers.named("separate", 2, Integer.MAX_VALUE);
    private final Clock clock = new Clock();
    private final XdsMetrics metrics = new XdsMetrics();
    private final Authentication authentication =
            new Authentication(server.backend().authenticator(), metrics);
    private final AdsService streams = new AdsService(new StreamContext(
            server.backend().source(),
            server.backend().nacks(),
            StreamLimits.DEFAULT,
            metrics,
            threads,
            clock,
            new OpenStreams(),
            new Conducts(StreamLimits.DEFAULT)));
    private final Server separate = separate();
    private final AtomicInteger places = new AtomicInteger();

    private Server separate() {
        NettyServerBuilder builder = NettyServerBuilder.forAddress(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .sslContext(ServerTls.context(server.certificate::get))
                .executor(threads)
                .intercept(authentication);
        Service.SEPARATE.forEach(service -> builder.addService(under(service)));
        try {
            return builder.build().start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ServerServiceDefinition under(Service service) {
        return ServerServiceDefinition.builder(service.fullName())
                .addMethod(service.world(), ServerCalls.asyncBidiStreamingCall(streams::streamAggregatedResources))
                .addMethod(service.delta(), ServerCalls.asyncBidiStreamingCall(streams::deltaAggregatedResources))
                .build();
    }

    @Override
    public Place place(Variant variant) {
        int number = places.incrementAndGet();
        String token = "token-" + number;
        ProxyIdentity proxy = new ProxyIdentity(Samples.BOOKSTORE.account(), "place-" + number, "uid-" + number);
        server.verdicts.put(token, new Authenticator.Accepted(proxy));
        int port = variant.aggregated() ? server.port() : separate.getPort();
        return new ProxyPlace(
                proxy,
                GrpcClient.channel(server.authority, port, "Bearer " + token).build());
    }

    private final class ProxyPlace implements Place {
        private final ProxyIdentity proxy;
        private final ManagedChannel connection;

        ProxyPlace(ProxyIdentity proxy, ManagedChannel connection) {
            this.proxy = proxy;
            this.connection = connection;
        }

        @Override
        public Channel channel() {
            return connection;
        }

        @Override
        public void set(ResourceSet resources) {
            server.set(proxy, resources);
        }

        @Override
        public void close() {
            connection.shutdownNow();
        }
    }

    @Override
    public void close() {
        separate.shutdownNow();
        authentication.close();
        clock.close();
        threads.shutdownNow();
        server.close();
    }
}
