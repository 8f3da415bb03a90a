package io.osmj.xds.serve;

import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc.AggregatedDiscoveryServiceStub;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.MetadataUtils;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** A client of the real server, over TLS, that reads responses one by one as it is told. */
abstract class GrpcClient<Q, R> implements AutoCloseable {
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    final CompletableFuture<Status> end = new CompletableFuture<>();
    private final BlockingQueue<R> responses = new LinkedBlockingQueue<>();
    private final ManagedChannel channel;
    private final Call call = new Call();

    GrpcClient(
            TestServer server,
            BiConsumer<AggregatedDiscoveryServiceStub, ClientResponseObserver<Q, R>> method,
            String... authorizations) {
        channel = channel(server.authority, server.port(), authorizations).build();
        method.accept(AggregatedDiscoveryServiceGrpc.newStub(channel), call);
    }

    /** A connection on which every call brings these. */
    static NettyChannelBuilder channel(TestAuthority authority, int port, String... authorizations) {
        Metadata metadata = new Metadata();
        for (String authorization : authorizations) {
            metadata.put(AUTHORIZATION, authorization);
        }
        try {
            return NettyChannelBuilder.forAddress("127.0.0.1", port)
                    .sslContext(GrpcSslContexts.forClient()
                            .trustManager(authority.root())
                            .build())
                    .overrideAuthority(TestAuthority.SERVER_NAME)
                    .intercept(MetadataUtils.newAttachHeadersInterceptor(metadata));
        } catch (SSLException e) {
            throw new IllegalStateException(e);
        }
    }

    private final class Call implements ClientResponseObserver<Q, R> {
        private @Nullable ClientCallStreamObserver<Q> requests;

        @Override
        public void beforeStart(ClientCallStreamObserver<Q> stream) {
            stream.disableAutoRequestWithInitial(0);
            requests = stream;
        }

        ClientCallStreamObserver<Q> requests() {
            if (requests == null) {
                throw new IllegalStateException("the call has not started");
            }
            return requests;
        }

        @Override
        public void onNext(R response) {
            responses.add(response);
        }

        @Override
        public void onError(Throwable error) {
            end.complete(Status.fromThrowable(error));
        }

        @Override
        public void onCompleted() {
            end.complete(Status.OK);
        }
    }

    final void send(Q request) {
        call.requests().onNext(request);
    }

    /** Reads one more response. */
    final R read() {
        call.requests().request(1);
        R response = poll(Duration.ofSeconds(10));
        if (response == null) {
            throw new AssertionError("no response within ten seconds; the stream: " + end);
        }
        return response;
    }

    /** Whether nothing more is sent for a while. */
    final boolean silent(Duration time) {
        call.requests().request(1);
        return poll(time) == null;
    }

    /** One more response, if there is one so soon. */
    final Optional<R> next(Duration time) {
        call.requests().request(1);
        return Optional.ofNullable(poll(time));
    }

    private @Nullable R poll(Duration time) {
        try {
            return responses.poll(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How the stream ended. */
    final Status end() {
        call.requests().request(1);
        return end.orTimeout(20, TimeUnit.SECONDS).join();
    }

    final boolean hasResponses() {
        return !responses.isEmpty();
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
