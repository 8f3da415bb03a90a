package io.osmj.integration.bench;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.osmj.injector.bootstrap.SidecarBootstrap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;

/** All the proxies. They share two threads, and each has a connection of its own. */
final class Swarm implements AutoCloseable {
    private static final int THREADS = 2;

    /** After how long at most Envoy opens the next stream when one that was in use ends. */
    private static final int STREAM_MILLIS = 500;

    /** How often a sidecar tries to connect in the end, while nobody answers: as its bootstrap has it. */
    private static final int CONNECT_MILLIS = 2_000;

    private final EventLoopGroup threads = new MultiThreadIoEventLoopGroup(THREADS, NioIoHandler.newFactory());
    private final SslContext tls = tls();
    private final References references = new References();
    private final List<Sidecar> sidecars = new CopyOnWriteArrayList<>();
    /** How often streams ended, by reason. */
    private final Map<String, Integer> ends = new ConcurrentHashMap<>();

    private final int port;

    /**
     * A swarm of nobody.
     *
     * @param port of the control plane
     */
    Swarm(int port) {
        this.port = port;
        var _ = threads.scheduleAtFixedRate(this::nudge, CONNECT_MILLIS, CONNECT_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Adds a proxy that is not connected yet. */
    Sidecar add(int service, String token) {
        ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", port)
                .sslContext(tls)
                .eventLoopGroup(threads)
                .channelType(NioSocketChannel.class)
                .directExecutor()
                .overrideAuthority("osm-controller.osm-system.svc")
                .maxInboundMessageSize(64 << 20)
                .keepAliveTime(SidecarBootstrap.KEEP_ALIVE.toMillis(), TimeUnit.MILLISECONDS)
                .keepAliveTimeout(SidecarBootstrap.KEEP_ALIVE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .keepAliveWithoutCalls(true)
                .build();
        Sidecar[] made = new Sidecar[1];
        made[0] = new Sidecar(service, channel, token, references, status -> again(made[0], status));
        sidecars.add(made[0]);
        return made[0];
    }

    /** As Envoy does. The stream then waits until there is a connection. */
    private void again(Sidecar sidecar, Status status) {
        ends.merge(status.getCode() + " " + status.getDescription(), 1, Integer::sum);
        long wait = ThreadLocalRandom.current().nextLong(STREAM_MILLIS);
        var _ = threads.schedule(sidecar::connect, wait, TimeUnit.MILLISECONDS);
    }

    private void nudge() {
        sidecars.forEach(Sidecar::nudge);
    }

    List<Sidecar> sidecars() {
        return sidecars;
    }

    /** How often a stream ended, by reason, since the last call. */
    Map<String, Integer> takeEnds() {
        Map<String, Integer> taken = new TreeMap<>(ends);
        ends.clear();
        return taken;
    }

    /** Those in pods of these services. */
    Set<Sidecar> of(List<Integer> services) {
        return sidecars.stream()
                .filter(sidecar -> services.contains(sidecar.service))
                .collect(Collectors.toSet());
    }

    int responses() {
        return sidecars.stream().mapToInt(Sidecar::responses).sum();
    }

    /** Forgets what came up to now and adds it up. */
    Tally take() {
        Tally sum = new Tally();
        sidecars.forEach(sidecar -> sum.add(sidecar.take()));
        return sum;
    }

    /** Returns when nothing came for some time. */
    void awaitQuiet(long millis) {
        int before = -1;
        for (int now = responses(); now != before; now = responses()) {
            before = now;
            Waiting.pause(millis);
        }
    }

    private static SslContext tls() {
        try {
            return GrpcSslContexts.forClient()
                    .trustManager(InsecureTrustManagerFactory.INSTANCE)
                    .build();
        } catch (SSLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        sidecars.forEach(Sidecar::close);
        var _ = threads.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
}
