package io.osmj.xds.serve;

import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The xDS server: ADS over TLS, incremental or state of the world, for proxies that prove by a token who they are.
 *
 * <p>Every stream runs on virtual threads, one task at a time, and shares no lock with another; a proxy that does not read
 * costs its own last configuration and nothing else.
 */
public final class XdsServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(XdsServer.class);
    private static final int MOST_METADATA_BYTES = 32 << 10;

    /** A connection that opens and resets streams faster than this is closed (CVE-2023-44487). */
    private static final int MOST_RESETS = 100;

    private static final int RESET_WINDOW_SECONDS = 10;

    private final ConnectionOptions options;
    private final Executor threads = Thread.ofVirtual().name("xds-", 0)::start;
    private final Clock clock = new Clock();
    private final XdsMetrics metrics = new XdsMetrics();
    private final AdsService service;
    private final Server server;

    /**
     * What the server asks and tells.
     *
     * @param authenticator says who a proxy is
     * @param source says what it is to have
     * @param nacks hears what it refuses
     */
    public record Backend(Authenticator authenticator, ResourceSource source, NackListener nacks) {}

    /**
     * A server that does not listen yet.
     *
     * @param address where to listen; port 0 takes a free one
     * @param certificate asked at every handshake, so a rotated certificate is used without a restart
     * @throws IllegalArgumentException if TLS cannot be set up
     */
    public XdsServer(
            InetSocketAddress address,
            Supplier<ServerCertificate> certificate,
            Backend backend,
            ConnectionOptions options,
            StreamLimits limits) {
        this.options = options;
        this.service = new AdsService(new StreamContext(
                backend.source(), backend.nacks(), limits, metrics, threads, clock, ConcurrentHashMap.newKeySet()));
        this.server = builder(address, certificate)
                .intercept(new Authentication(backend.authenticator(), metrics))
                .addService(service)
                .build();
    }

    private NettyServerBuilder builder(InetSocketAddress address, Supplier<ServerCertificate> certificate) {
        return NettyServerBuilder.forAddress(address)
                .sslContext(tls(certificate))
                .executor(threads)
                .maxConcurrentCallsPerConnection(options.maxStreams())
                .maxInboundMessageSize(options.maxRequestBytes())
                .maxRstFramesPerWindow(MOST_RESETS, RESET_WINDOW_SECONDS)
                .maxInboundMetadataSize(MOST_METADATA_BYTES)
                .maxConnectionAge(options.age().toMillis(), TimeUnit.MILLISECONDS)
                .maxConnectionAgeGrace(options.grace().toMillis(), TimeUnit.MILLISECONDS)
                .keepAliveTime(options.keepAlive().toMillis(), TimeUnit.MILLISECONDS)
                .keepAliveTimeout(options.keepAliveTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .permitKeepAliveTime(options.clientKeepAlive().toMillis(), TimeUnit.MILLISECONDS)
                .permitKeepAliveWithoutCalls(true);
    }

    private static SslContext tls(Supplier<ServerCertificate> certificate) {
        SslContextBuilder tls = SslContextBuilder.forServer(new ReloadingKeyManager(certificate));
        try {
            return GrpcSslContexts.configure(tls, SslProvider.JDK)
                    .protocols("TLSv1.3", "TLSv1.2")
                    .build();
        } catch (SSLException e) {
            throw new IllegalArgumentException("TLS cannot be set up with the server's certificate", e);
        }
    }

    /** Starts to listen. */
    public void start() throws IOException {
        server.start();
        LOG.info("Serving xDS on port {}", server.getPort());
    }

    /** The port it listens on. */
    public int port() {
        return server.getPort();
    }

    /** What has happened so far. */
    public XdsMetrics metrics() {
        return metrics;
    }

    /**
     * Takes no more connections, asks the open ones to go, ends their streams so that proxies turn to another server, and
     * returns when they are gone or the time for it is over.
     */
    @Override
    public void close() {
        server.shutdown();
        service.close();
        try {
            if (!server.awaitTermination(options.shutdown().toMillis(), TimeUnit.MILLISECONDS)) {
                server.shutdownNow();
            }
        } catch (InterruptedException e) {
            server.shutdownNow();
            Thread.currentThread().interrupt();
        }
        clock.close();
    }
}
