package io.osmj.xds.serve;

import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc.AggregatedDiscoveryServiceImplBase;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.osmj.core.identity.ProxyIdentity;
import java.util.Objects;

/** The aggregated discovery service: opens a stream for each call of an authenticated proxy. */
final class AdsService extends AggregatedDiscoveryServiceImplBase {
    /**
     * One for an Envoy, one more while it restarts hot, and some that are dead but not found out yet. A gRPC client without a
     * sidecar has one for each service that it calls.
     */
    private static final int MOST_STREAMS_PER_PROXY = 32;

    private final StreamContext context;
    private volatile boolean closing;

    AdsService(StreamContext context) {
        this.context = context;
    }

    @Override
    public StreamObserver<DeltaDiscoveryRequest> deltaAggregatedResources(
            StreamObserver<DeltaDiscoveryResponse> responses) {
        return open(responses, new DeltaWire());
    }

    @Override
    public StreamObserver<DiscoveryRequest> streamAggregatedResources(StreamObserver<DiscoveryResponse> responses) {
        return open(responses, new WorldWire());
    }

    private <Q, R> StreamObserver<Q> open(StreamObserver<R> responses, Wire<Q, R> wire) {
        ProxyIdentity proxy = Objects.requireNonNull(Authentication.PROXY.get(), "calls are authenticated before");
        AdsStream<Q, R> stream = new AdsStream<>(proxy, (ServerCallStreamObserver<R>) responses, wire, context);
        if (context.streams().add(stream, MOST_STREAMS_PER_PROXY)) {
            stream.open();
        } else {
            stream.turnAway("this pod has " + MOST_STREAMS_PER_PROXY + " streams already");
        }
        if (closing) {
            stream.shutDown();
        }
        return stream;
    }

    /** Ends all streams, and those that open from now on. */
    void close() {
        closing = true;
        context.streams().all().forEach(AdsStream::shutDown);
    }
}
