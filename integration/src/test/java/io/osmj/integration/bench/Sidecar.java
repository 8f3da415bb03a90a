package io.osmj.integration.bench;

import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.Resource;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.osmj.xds.resource.ResourceType;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One proxy as the control plane sees it: a delta ADS stream on a connection of its own. It takes everything, acknowledges it at once,
 * and asks as Envoy does: for all that a response names with one request for each type, because Envoy holds those back while it takes
 * a response in.
 */
final class Sidecar implements StreamObserver<DeltaDiscoveryResponse> {
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    final int service;
    private final ManagedChannel channel;
    private final Metadata headers = new Metadata();
    private final References references;
    private final Consumer<Status> ended;
    private final Map<ResourceType, Map<String, String>> versions = new EnumMap<>(ResourceType.class);
    private final Map<ResourceType, Set<String>> asked = new EnumMap<>(ResourceType.class);
    private final Set<ResourceType> answered = new HashSet<>();
    private final Set<String> missing = new HashSet<>();
    private Tally tally = new Tally();
    private @Nullable StreamObserver<DeltaDiscoveryRequest> requests;
    private boolean open = true;

    /**
     * Not connected yet.
     *
     * @param service whose pod it is in
     * @param ended what to do when the stream ends
     */
    Sidecar(int service, ManagedChannel channel, String token, References references, Consumer<Status> ended) {
        this.service = service;
        this.channel = channel;
        this.references = references;
        this.ended = ended;
        headers.put(AUTHORIZATION, "Bearer " + token);
    }

    /** Opens a stream and asks for everything it should have, saying what it has. */
    synchronized void connect() {
        if (!open) {
            return;
        }
        requests = AggregatedDiscoveryServiceGrpc.newStub(channel)
                .withWaitForReady()
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                .deltaAggregatedResources(this);
        for (ResourceType type : ResourceType.values()) {
            Set<String> names = new TreeSet<>(asked(type));
            if (type == ResourceType.CLUSTER && !names.isEmpty()) {
                names.add("*");
            }
            if (type.wildcard() || !names.isEmpty()) {
                send(request(type)
                        .setNode(Node.newBuilder().setId("bench"))
                        .addAllResourceNamesSubscribe(names)
                        .putAllInitialResourceVersions(held(type)));
            }
        }
    }

    /** Tries to connect at once if it is not connected: gRPC's own pause grows to minutes, Envoy's is set to one second. */
    synchronized void nudge() {
        if (answered.isEmpty()) {
            channel.resetConnectBackoff();
        }
    }

    /** Asks for clusters by name, as a proxy does when an address is dialled for the first time. */
    synchronized void dial(List<String> clusters) {
        ask(ResourceType.CLUSTER, new TreeSet<>(clusters));
    }

    @Override
    public synchronized void onNext(DeltaDiscoveryResponse response) {
        long now = System.nanoTime();
        ResourceType type = ResourceType.ofTypeUrl(response.getTypeUrl()).orElseThrow();
        tally.add(type, response, now);
        answered.add(type);
        send(request(type).setResponseNonce(response.getNonce()));
        Map<String, String> held = held(type);
        Map<ResourceType, Set<String>> named = new EnumMap<>(ResourceType.class);
        for (Resource resource : response.getResourcesList()) {
            if (resource.getVersion().equals(held.put(resource.getName(), resource.getVersion()))) {
                tally.again++;
            }
            missing.remove(resource.getName());
            if (type == ResourceType.CLUSTER || type == ResourceType.LISTENER) {
                references
                        .of(resource)
                        .forEach((other, names) -> named.computeIfAbsent(other, _ -> new TreeSet<>())
                                .addAll(names));
            }
        }
        named.forEach(this::ask);
        response.getRemovedResourcesList().forEach(name -> {
            held.remove(name);
            missing.add(name);
            if (type == ResourceType.CLUSTER && asked(ResourceType.ENDPOINT).remove(name)) {
                send(request(ResourceType.ENDPOINT).addResourceNamesUnsubscribe(name));
            }
        });
        notifyAll();
    }

    private void ask(ResourceType type, Set<String> names) {
        Set<String> fresh = new TreeSet<>(names);
        fresh.removeAll(asked(type));
        if (!fresh.isEmpty()) {
            asked(type).addAll(fresh);
            send(request(type).addAllResourceNamesSubscribe(fresh));
        }
    }

    private static DeltaDiscoveryRequest.Builder request(ResourceType type) {
        return DeltaDiscoveryRequest.newBuilder().setTypeUrl(type.typeUrl());
    }

    private void send(DeltaDiscoveryRequest.Builder request) {
        if (requests != null) {
            requests.onNext(request.build());
        }
    }

    /** Whether it has its clusters and listeners and all that those name, and all it asked for. */
    synchronized boolean configured() {
        return answered.contains(ResourceType.CLUSTER)
                && answered.contains(ResourceType.LISTENER)
                && !held(ResourceType.LISTENER).isEmpty()
                && asked.entrySet().stream()
                        .allMatch(entry -> held(entry.getKey()).keySet().containsAll(entry.getValue()));
    }

    /** How many resources of a type it holds. */
    synchronized int count(ResourceType type) {
        return held(type).size();
    }

    private Map<String, String> held(ResourceType type) {
        return versions.computeIfAbsent(type, _ -> new HashMap<>());
    }

    private Set<String> asked(ResourceType type) {
        return asked.computeIfAbsent(type, _ -> new TreeSet<>());
    }

    /** Asks for one more cluster and returns after how many nanoseconds both it and its endpoints were there. */
    synchronized long firstContact(String cluster) throws InterruptedException {
        long start = System.nanoTime();
        dial(List.of(cluster));
        long patience = 5_000;
        while (!has(cluster)) {
            wait(patience);
            if (System.nanoTime() - start > patience * 1_000_000) {
                throw new IllegalStateException("no answer about " + cluster + "; missing: " + missing);
            }
        }
        return System.nanoTime() - start;
    }

    private boolean has(String cluster) {
        return held(ResourceType.CLUSTER).containsKey(cluster)
                && held(ResourceType.ENDPOINT).containsKey(cluster);
    }

    /** What came since the last call. */
    synchronized Tally take() {
        Tally taken = tally;
        tally = new Tally();
        return taken;
    }

    /** How many responses came since the last {@link #take}. */
    synchronized int responses() {
        return tally.responses;
    }

    @Override
    public void onError(Throwable fault) {
        end(Status.fromThrowable(fault));
    }

    @Override
    public void onCompleted() {
        end(Status.OK);
    }

    private void end(Status status) {
        boolean again;
        synchronized (this) {
            requests = null;
            answered.clear();
            again = open;
        }
        if (again) {
            ended.accept(status);
        }
    }

    synchronized void close() {
        open = false;
        channel.shutdownNow();
    }
}
