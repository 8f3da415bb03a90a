import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.Resource;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** A proxy: connects over TLS, asks as Envoy does for listeners, clusters and then for what it is told to, and takes everything. */
final class PlayedProxy implements StreamObserver<DeltaDiscoveryResponse>, AutoCloseable {
    private static final String TYPES = "type.googleapis.com/envoy.";

    private final ManagedChannel channel;
    private final StreamObserver<DeltaDiscoveryRequest> requests;
    private final Map<String, Integer> answers = new TreeMap<>();
    private Throwable fault;

    PlayedProxy(int port, String token) throws Exception {
        channel = NettyChannelBuilder.forAddress("127.0.0.1", port)
                .sslContext(GrpcSslContexts.forClient()
                        .trustManager(InsecureTrustManagerFactory.INSTANCE)
                        .build())
                .overrideAuthority("osm-controller.osm-system.svc")
                .build();
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
        requests = AggregatedDiscoveryServiceGrpc.newStub(channel)
                .withWaitForReady()
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                .deltaAggregatedResources(this);
        ask("config.cluster.v3.Cluster", List.of());
        ask("config.listener.v3.Listener", List.of());
    }

    /** Asks for resources by name; all there are where there is no name. */
    synchronized void ask(String type, List<String> names) {
        requests.onNext(DeltaDiscoveryRequest.newBuilder()
                .setTypeUrl(TYPES + type)
                .setNode(Node.newBuilder().setId("rehearsal"))
                .addAllResourceNamesSubscribe(names)
                .build());
    }

    @Override
    public synchronized void onNext(DeltaDiscoveryResponse response) {
        answers.merge(response.getTypeUrl().substring(TYPES.length()), 1, Integer::sum);
        requests.onNext(DeltaDiscoveryRequest.newBuilder()
                .setTypeUrl(response.getTypeUrl())
                .setResponseNonce(response.getNonce())
                .build());
        if (response.getTypeUrl().endsWith(".Cluster")) {
            ask(
                    "config.endpoint.v3.ClusterLoadAssignment",
                    response.getResourcesList().stream().map(Resource::getName).toList());
        }
        notifyAll();
    }

    /** Returns when so many responses of a type have come. */
    synchronized void awaits(String type, int count) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(100);
        while (answers.getOrDefault(type, 0) < count) {
            if (fault != null || System.nanoTime() > end) {
                throw new IllegalStateException("no " + count + " answers about " + type + " but " + answers, fault);
            }
            wait(100);
        }
    }

    @Override
    public synchronized void onError(Throwable error) {
        fault = error;
        notifyAll();
    }

    @Override
    public void onCompleted() {}

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
