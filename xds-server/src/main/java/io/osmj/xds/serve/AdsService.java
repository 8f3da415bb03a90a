package io.osmj.xds.serve;

import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc.AggregatedDiscoveryServiceImplBase;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.grpc.Status;
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
        if (context.streams().of(proxy) >= MOST_STREAMS_PER_PROXY) {
            responses.onError(Status.RESOURCE_EXHAUSTED
                    .withDescription("this pod has " + MOST_STREAMS_PER_PROXY + " streams already")
                    .asRuntimeException());
            return new Silence<>();
        }
        AdsStream<Q, R> stream = new AdsStream<>(proxy, (ServerCallStreamObserver<R>) responses, wire, context);
        context.streams().add(stream);
        stream.open();
        if (closing) {
            stream.shutDown();
        }
        return stream;
    }

    /** What a refused call is answered with: nothing more. */
    private static final class Silence<Q> implements StreamObserver<Q> {
        @Override
        public void onNext(Q request) {}

        @Override
        public void onError(Throwable error) {}

        @Override
        public void onCompleted() {}
    }

    /** Ends all streams, and those that open from now on. */
    void close() {
        closing = true;
        context.streams().all().forEach(AdsStream::shutDown);
    }
}
