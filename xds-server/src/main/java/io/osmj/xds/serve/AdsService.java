package io.osmj.xds.serve;

import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc.AggregatedDiscoveryServiceImplBase;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.osmj.core.identity.ProxyIdentity;
import java.util.Objects;

/** The aggregated discovery service: opens a stream for each call of an authenticated proxy. */
final class AdsService extends AggregatedDiscoveryServiceImplBase {
    private final StreamContext context;
    private volatile boolean closing;

    AdsService(StreamContext context) {
        this.context = context;
    }

    @Override
    public StreamObserver<DeltaDiscoveryRequest> deltaAggregatedResources(
            StreamObserver<DeltaDiscoveryResponse> responses) {
        ProxyIdentity proxy = Objects.requireNonNull(Authentication.PROXY.get(), "calls are authenticated before");
        DeltaStream stream =
                new DeltaStream(proxy, (ServerCallStreamObserver<DeltaDiscoveryResponse>) responses, context);
        context.streams().add(stream);
        stream.open();
        if (closing) {
            stream.shutDown();
        }
        return stream;
    }

    /** Ends all streams, and those that open from now on. */
    void close() {
        closing = true;
        context.streams().forEach(DeltaStream::shutDown);
    }
}
