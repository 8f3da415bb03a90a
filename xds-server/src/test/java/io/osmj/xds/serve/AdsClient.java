package io.osmj.xds.serve;

import com.google.rpc.Status;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.Resource;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.MetadataUtils;
import io.osmj.xds.resource.ResourceType;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** A client of the real server, over TLS, that reads responses one by one as it is told. */
final class AdsClient implements AutoCloseable {
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    final CompletableFuture<io.grpc.Status> end = new CompletableFuture<>();
    private final BlockingQueue<DeltaDiscoveryResponse> responses = new LinkedBlockingQueue<>();
    private final ManagedChannel channel;
    private final Call call = new Call();

    AdsClient(TestServer server) {
        this(server, "Bearer " + TestServer.TOKEN);
    }

    AdsClient(TestServer server, String... authorizations) {
        channel = channel(server);
        Metadata metadata = new Metadata();
        for (String authorization : authorizations) {
            metadata.put(AUTHORIZATION, authorization);
        }
        AggregatedDiscoveryServiceGrpc.newStub(channel)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata))
                .deltaAggregatedResources(call);
    }

    private static ManagedChannel channel(TestServer server) {
        try {
            return NettyChannelBuilder.forAddress("127.0.0.1", server.port())
                    .sslContext(GrpcSslContexts.forClient()
                            .trustManager(server.authority.root())
                            .build())
                    .overrideAuthority(TestAuthority.SERVER_NAME)
                    .build();
        } catch (SSLException e) {
            throw new IllegalStateException(e);
        }
    }

    private final class Call implements ClientResponseObserver<DeltaDiscoveryRequest, DeltaDiscoveryResponse> {
        private @Nullable ClientCallStreamObserver<DeltaDiscoveryRequest> requests;

        @Override
        public void beforeStart(ClientCallStreamObserver<DeltaDiscoveryRequest> stream) {
            stream.disableAutoRequestWithInitial(0);
            requests = stream;
        }

        ClientCallStreamObserver<DeltaDiscoveryRequest> requests() {
            if (requests == null) {
                throw new IllegalStateException("the call has not started");
            }
            return requests;
        }

        @Override
        public void onNext(DeltaDiscoveryResponse response) {
            responses.add(response);
        }

        @Override
        public void onError(Throwable error) {
            end.complete(io.grpc.Status.fromThrowable(error));
        }

        @Override
        public void onCompleted() {
            end.complete(io.grpc.Status.OK);
        }
    }

    void send(DeltaDiscoveryRequest request) {
        call.requests().onNext(request);
    }

    void subscribe(ResourceType type, String... names) {
        send(DeltaDiscoveryRequest.newBuilder()
                .setNode(Node.newBuilder().setId("any"))
                .setTypeUrl(type.typeUrl())
                .addAllResourceNamesSubscribe(List.of(names))
                .build());
    }

    void ack(DeltaDiscoveryResponse response) {
        send(DeltaDiscoveryRequest.newBuilder()
                .setTypeUrl(response.getTypeUrl())
                .setResponseNonce(response.getNonce())
                .build());
    }

    void nack(DeltaDiscoveryResponse response, String text) {
        send(DeltaDiscoveryRequest.newBuilder()
                .setTypeUrl(response.getTypeUrl())
                .setResponseNonce(response.getNonce())
                .setErrorDetail(Status.newBuilder().setMessage(text))
                .build());
    }

    /** Reads one more response. */
    DeltaDiscoveryResponse read() {
        call.requests().request(1);
        try {
            DeltaDiscoveryResponse response = responses.poll(10, TimeUnit.SECONDS);
            if (response == null) {
                throw new AssertionError("no response within ten seconds; the stream: " + end);
            }
            return response;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How the stream ended. */
    io.grpc.Status end() {
        call.requests().request(1);
        return end.orTimeout(20, TimeUnit.SECONDS).join();
    }

    boolean hasResponses() {
        return !responses.isEmpty();
    }

    static List<String> names(DeltaDiscoveryResponse response) {
        return response.getResourcesList().stream().map(Resource::getName).toList();
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
