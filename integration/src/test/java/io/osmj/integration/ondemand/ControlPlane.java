package io.osmj.integration.ondemand;

import io.osmj.certificates.IssuedCertificate;
import io.osmj.certificates.ServerNames;
import io.osmj.certificates.builtin.BuiltInAuthority;
import io.osmj.certificates.builtin.RootCertificate;
import io.osmj.core.identity.ProxyIdentity;
import io.osmj.core.identity.ServiceAccount;
import io.osmj.xds.resource.ResourceType;
import io.osmj.xds.serve.Authenticator;
import io.osmj.xds.serve.ConnectionOptions;
import io.osmj.xds.serve.Nack;
import io.osmj.xds.serve.NackListener;
import io.osmj.xds.serve.ServerCertificate;
import io.osmj.xds.serve.StreamLimits;
import io.osmj.xds.serve.XdsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The real xDS server; what it says comes from a test. It stands outside the pod, at the other end of a {@link Wire}. */
final class ControlPlane implements AutoCloseable {
    static final String TOKEN = "token-of-the-pod";
    static final String NAME = "osm-controller.osm-system.svc";

    private static final ProxyIdentity PROXY =
            new ProxyIdentity(new ServiceAccount("shop", "web"), "web-1", "uid-of-web-1");

    private final RootCertificate root = RootCertificate.create(Instant.now(), new SecureRandom());
    private final ServerCertificate certificate = certificate(root);
    private final List<Nack> nacks = new CopyOnWriteArrayList<>();
    private final Resolver resolver;
    private final Wire wire;
    private XdsServer server;

    ControlPlane(Namespace pod, Resolver resolver) {
        this.resolver = resolver;
        this.server = start();
        this.wire = new Wire(pod, server.port());
    }

    String rootPem() {
        return root.certificatePem();
    }

    /** What a proxy refused; a test that ends well ends with none. */
    List<Nack> nacks() {
        return nacks;
    }

    XdsServer server() {
        return server;
    }

    /** Ends the server and all its connections; new ones are refused. */
    void stop() {
        wire.cut();
        server.close();
    }

    /** Hears nothing more of the pod, and goes on to speak to it. */
    void deafen() {
        wire.mute();
    }

    /** Hears what the pod has said meanwhile. */
    void hear() {
        wire.unmute();
    }

    /** A new one in its place, which knows nothing of what the one before was asked for. */
    void startAgain() {
        server = start();
        wire.mend(server.port());
    }

    private XdsServer start() {
        return start(
                InetAddress.getLoopbackAddress(),
                certificate,
                new XdsServer.Backend(ControlPlane::authenticate, resolver, new Recorder(nacks)),
                ConnectionOptions.DEFAULT);
    }

    /** A server by itself at this address, without a {@link Wire}. */
    static XdsServer start(InetAddress address, Resolver resolver, ConnectionOptions options) {
        return start(
                address,
                certificate(RootCertificate.create(Instant.now(), new SecureRandom())),
                new XdsServer.Backend(ControlPlane::authenticate, resolver, new Recorder(new ArrayList<>())),
                options);
    }

    private static XdsServer start(
            InetAddress address, ServerCertificate certificate, XdsServer.Backend backend, ConnectionOptions options) {
        XdsServer fresh = new XdsServer(
                new InetSocketAddress(address, 0), () -> certificate, backend, options, StreamLimits.DEFAULT);
        try {
            fresh.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return fresh;
    }

    private static Authenticator.Verdict authenticate(String token) {
        return token.equals(TOKEN)
                ? new Authenticator.Accepted(PROXY)
                : new Authenticator.Refused("not the pod's token");
    }

    private static ServerCertificate certificate(RootCertificate root) {
        IssuedCertificate issued = new BuiltInAuthority(root, InstantSource.system(), new SecureRandom())
                .server(new ServerNames(List.of(NAME)), Duration.ofHours(1));
        try {
            return new ServerCertificate(issued.privateKey().key("EC"), issued.chain());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private record Recorder(List<Nack> nacks) implements NackListener {
        @Override
        public void refused(Nack nack) {
            nacks.add(nack);
        }

        @Override
        public void settled(ProxyIdentity proxy, ResourceType type, String name) {}
    }

    @Override
    public void close() {
        wire.close();
        server.close();
    }
}
