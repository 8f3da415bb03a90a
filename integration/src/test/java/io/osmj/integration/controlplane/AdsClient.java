package io.osmj.integration.controlplane;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.Resource;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.osmj.xds.resource.ResourceType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Speaks delta ADS as a sidecar does: acknowledges what it is not told to refuse and keeps what it was given, also from stream to stream. */
final class AdsClient implements AutoCloseable {
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private static final Map<ResourceType, List<String>> NAMED = Map.of(
            ResourceType.SECRET, List.of("service-cert", "root-cert"),
            ResourceType.ROUTE, List.of("rds-outbound", "rds-inbound.8080"));

    private final Map<ResourceType, Map<String, Resource>> held = new ConcurrentHashMap<>();
    private volatile String hated = "";
    private @Nullable ManagedChannel channel;

    /** Opens a stream as the sidecar of a pod with one port, 8080, does. */
    Stream connect(int port, String token) {
        return connect(port, token, NAMED);
    }

    /** Opens a stream and asks for all clusters and listeners, and for these by name, saying what it holds already. */
    Stream connect(int port, String token, Map<ResourceType, List<String>> named) {
        close();
        channel = channel(port);
        Metadata headers = new Metadata();
        headers.put(AUTHORIZATION, "Bearer " + token);
        Stream opened = new Stream();
        opened.requests = AggregatedDiscoveryServiceGrpc.newStub(channel)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                .deltaAggregatedResources(opened);
        opened.ask(ResourceType.CLUSTER, List.of());
        opened.ask(ResourceType.LISTENER, List.of());
        named.forEach(opened::ask);
        return opened;
    }

    /** From now on refuses what has this word in it, and says the word. */
    void refuse(String word) {
        hated = word;
    }

    private boolean refuses(DeltaDiscoveryResponse response) {
        return !hated.isEmpty()
                && response.getResourcesList().stream()
                        .anyMatch(resource -> text(resource).contains(hated));
    }

    private static String text(Resource resource) {
        return resource.getResource().getValue().toString(StandardCharsets.ISO_8859_1);
    }

    /** What it holds of a type, with the bytes of each, by name. */
    Map<String, Resource> held(ResourceType type) {
        return new TreeMap<>(byName(type));
    }

    /** Body of one resource as text, good enough to look for words in it. */
    String text(ResourceType type, String name) {
        Resource resource = byName(type).get(name);
        return resource == null ? "" : text(resource);
    }

    /** The message of one resource. */
    <M extends Message> M message(ResourceType type, String name, Class<M> message) {
        try {
            return Objects.requireNonNull(byName(type).get(name)).getResource().unpack(message);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    private Map<String, Resource> byName(ResourceType type) {
        return held.computeIfAbsent(type, _ -> new ConcurrentHashMap<>());
    }

    private static ManagedChannel channel(int port) {
        try {
            return NettyChannelBuilder.forAddress("127.0.0.1", port)
                    .sslContext(GrpcSslContexts.forClient()
                            .trustManager(InsecureTrustManagerFactory.INSTANCE)
                            .build())
                    .overrideAuthority("osm-controller.osm-system.svc")
                    .maxInboundMessageSize(64 << 20)
                    .build();
        } catch (SSLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        if (channel != null) {
            channel.shutdownNow();
        }
    }

    /** One stream. */
    final class Stream implements StreamObserver<DeltaDiscoveryResponse> {
        private final AtomicInteger received = new AtomicInteger();
        private final AtomicInteger removed = new AtomicInteger();
        private final Map<ResourceType, AtomicInteger> byType = new ConcurrentHashMap<>();
        private final Set<String> missing = ConcurrentHashMap.newKeySet();
        private volatile @Nullable Status end;
        private @Nullable StreamObserver<DeltaDiscoveryRequest> requests;

        /** How many resources came on this stream. */
        int received() {
            return received.get();
        }

        /** How many resources of a type came on this stream. */
        int received(ResourceType type) {
            return byType.getOrDefault(type, new AtomicInteger()).get();
        }

        /** How many resources were taken away on this stream. */
        int removed() {
            return removed.get();
        }

        /** Names of which it was told that there is nothing by them. */
        Set<String> missing() {
            return missing;
        }

        /** Why the stream ended; empty while it is open. */
        Optional<Status.Code> end() {
            return Optional.ofNullable(end).map(Status::getCode);
        }

        private synchronized void ask(ResourceType type, List<String> names) {
            DeltaDiscoveryRequest.Builder request = DeltaDiscoveryRequest.newBuilder()
                    .setNode(Node.newBuilder().setId("test"))
                    .setTypeUrl(type.typeUrl())
                    .addAllResourceNamesSubscribe(names);
            byName(type).forEach((name, resource) -> request.putInitialResourceVersions(name, resource.getVersion()));
            send(request.build());
        }

        /** Asks for a cluster by its name, as a proxy does when an address is dialled for the first time. */
        void demand(String cluster) {
            send(DeltaDiscoveryRequest.newBuilder()
                    .setTypeUrl(ResourceType.CLUSTER.typeUrl())
                    .addResourceNamesSubscribe(cluster)
                    .build());
        }

        private synchronized void send(DeltaDiscoveryRequest request) {
            if (requests != null && end == null) {
                requests.onNext(request);
            }
        }

        @Override
        public void onNext(DeltaDiscoveryResponse response) {
            if (refuses(response)) {
                send(DeltaDiscoveryRequest.newBuilder()
                        .setTypeUrl(response.getTypeUrl())
                        .setResponseNonce(response.getNonce())
                        .setErrorDetail(com.google.rpc.Status.newBuilder().setMessage("'" + hated + "' is not taken"))
                        .build());
                return;
            }
            ResourceType type = ResourceType.ofTypeUrl(response.getTypeUrl()).orElseThrow();
            response.getResourcesList().forEach(resource -> byName(type).put(resource.getName(), resource));
            byType.computeIfAbsent(type, _ -> new AtomicInteger()).addAndGet(response.getResourcesCount());
            received.addAndGet(response.getResourcesCount());
            removed.addAndGet((int) response.getRemovedResourcesList().stream()
                    .filter(name -> byName(type).containsKey(name))
                    .count());
            response.getRemovedResourcesList().forEach(byName(type)::remove);
            missing.addAll(response.getRemovedResourcesList());
            send(DeltaDiscoveryRequest.newBuilder()
                    .setTypeUrl(response.getTypeUrl())
                    .setResponseNonce(response.getNonce())
                    .build());
        }

        @Override
        public void onError(Throwable fault) {
            end = Status.fromThrowable(fault);
        }

        @Override
        public void onCompleted() {
            end = Status.OK;
        }
    }
}
