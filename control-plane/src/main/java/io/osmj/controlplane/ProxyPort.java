package io.osmj.controlplane;

import static io.osmj.core.names.ControlPlane.SERVICE;

import io.osmj.certificates.ServerNames;
import io.osmj.certificates.rotation.ServerKeyManager;
import io.osmj.xds.serve.ConnectionOptions;
import io.osmj.xds.serve.StreamLimits;
import io.osmj.xds.serve.XdsMetrics;
import io.osmj.xds.serve.XdsServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Where proxies connect to: the xDS server, which is there once there is a certificate for it. */
final class ProxyPort implements AutoCloseable {
    /** Streams end soon when the process does, so that proxies turn to another replica. */
    private static final ConnectionOptions CONNECTIONS = new ConnectionOptions(
            ConnectionOptions.DEFAULT.age(),
            ConnectionOptions.DEFAULT.grace(),
            ConnectionOptions.DEFAULT.keepAlive(),
            ConnectionOptions.DEFAULT.keepAliveTimeout(),
            ConnectionOptions.DEFAULT.clientKeepAlive(),
            Duration.ofSeconds(4),
            ConnectionOptions.DEFAULT.maxStreams(),
            ConnectionOptions.DEFAULT.maxRequestBytes());

    private static final XdsMetrics.Counts NONE = new XdsMetrics.Counts(0, 0, 0, 0, 0, 0, 0, 0, 0);

    private final InetSocketAddress address;
    private final XdsServer.Backend backend;
    private volatile @Nullable XdsServer server;

    /** Closed until it is opened. */
    ProxyPort(InetSocketAddress address, XdsServer.Backend backend) {
        this.address = address;
        this.backend = backend;
    }

    /** The names that its certificate has to have. */
    static ServerNames names(String meshNamespace) {
        return ServerNames.ofService(SERVICE, meshNamespace);
    }

    /** Lets proxies connect. Gives the port that was taken. */
    int open(ServerKeyManager keys) throws IOException {
        XdsServer opened = new XdsServer(address, new XdsCertificate(keys), backend, CONNECTIONS, StreamLimits.DEFAULT);
        opened.start();
        server = opened;
        return opened.port();
    }

    /** What happened on it so far. */
    XdsMetrics.Counts counts() {
        XdsServer opened = server;
        return opened == null ? NONE : opened.metrics().counts();
    }

    @Override
    public void close() {
        XdsServer opened = server;
        if (opened != null) {
            opened.close();
        }
    }
}
