package io.osmj.xds.serve;

import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The xDS server: ADS over TLS, incremental or state of the world, for proxies that prove by a token who they are.
 *
 * <p>Streams share a few threads. None of their tasks blocks, each stream runs one at a time and shares no lock with another;
 * a proxy that does not read costs its own last configuration and nothing else.
 */
public final class XdsServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(XdsServer.class);
    private static final int MOST_METADATA_BYTES = 32 << 10;

    /** A connection that opens and resets streams faster than this is closed (CVE-2023-44487). */
    private static final int MOST_RESETS = 100;

    private static final int RESET_WINDOW_SECONDS = 10;
    private static final int THREADS = Math.clamp(Runtime.getRuntime().availableProcessors(), 2, 4);

    private final ConnectionOptions options;
    private final ThreadPoolExecutor threads = Workers.named("xds-stream", THREADS, Integer.MAX_VALUE);
    private final Clock clock = new Clock();
    private final XdsMetrics metrics = new XdsMetrics();
    private final AdsService service;
    private final Authentication authentication;
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
        GrpcLog.takeOver();
        this.options = options;
        this.service = new AdsService(new StreamContext(
                backend.source(),
                backend.nacks(),
                limits,
                metrics,
                threads,
                clock,
                new OpenStreams(),
                new Conducts(limits)));
        // Streams that end while the server ends may still have something to do.
        threads.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        this.authentication = new Authentication(backend.authenticator(), metrics);
        this.server = builder(address, certificate)
                .intercept(authentication)
                .addService(service)
                .build();
    }

    private NettyServerBuilder builder(InetSocketAddress address, Supplier<ServerCertificate> certificate) {
        NettyServerBuilder builder = NettyServerBuilder.forAddress(address)
                .sslContext(ServerTls.context(certificate))
                .executor(threads)
                .maxConcurrentCallsPerConnection(options.maxStreams())
                .maxInboundMessageSize(options.maxRequestBytes())
                .maxRstFramesPerWindow(MOST_RESETS, RESET_WINDOW_SECONDS)
                .maxInboundMetadataSize(MOST_METADATA_BYTES)
                .maxConnectionAge(options.age().toMillis(), TimeUnit.MILLISECONDS)
                .maxConnectionAgeGrace(options.grace().toMillis(), TimeUnit.MILLISECONDS)
                .permitKeepAliveTime(options.clientKeepAlive().toMillis(), TimeUnit.MILLISECONDS)
                .permitKeepAliveWithoutCalls(true);
        new KernelKeepAlive(options).on(builder);
        return builder;
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
        authentication.close();
        clock.close();
        threads.shutdown();
    }
}
