package io.osmj.xds.serve;

import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.netty.handler.ssl.OpenSsl;
import io.grpc.netty.shaded.io.netty.handler.ssl.OpenSslCachingX509KeyManagerFactory;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import io.grpc.netty.shaded.io.netty.handler.ssl.util.SimpleKeyManagerFactory;
import java.security.KeyStore;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.ManagerFactoryParameters;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS of the server, by BoringSSL where it can be loaded. The JDK's own costs several times as much processor time when many
 * proxies connect, above all in a process without the second compiler, which alone has its cryptographic intrinsics.
 */
final class ServerTls {
    private static final Logger LOG = LoggerFactory.getLogger(ServerTls.class);

    private ServerTls() {}

    /** @throws IllegalArgumentException if TLS cannot be set up */
    static SslContext context(Supplier<ServerCertificate> certificate) {
        SslContextBuilder tls =
                SslContextBuilder.forServer(new OpenSslCachingX509KeyManagerFactory(new Keys(certificate)));
        try {
            return GrpcSslContexts.configure(tls, provider())
                    .protocols("TLSv1.3", "TLSv1.2")
                    .build();
        } catch (SSLException e) {
            throw new IllegalArgumentException("TLS cannot be set up with the server's certificate", e);
        }
    }

    private static SslProvider provider() {
        if (OpenSsl.isAvailable()) {
            LOG.info("xDS is served over {}.", OpenSsl.versionString());
            return SslProvider.OPENSSL;
        }
        LOG.info(
                "xDS is served over the JDK's TLS, because BoringSSL cannot be loaded: {}",
                String.valueOf(OpenSsl.unavailabilityCause().getMessage()));
        return SslProvider.JDK;
    }

    /** Each certificate has an alias of its own, so BoringSSL may keep by it what it has made of key and chain. */
    private static final class Keys extends SimpleKeyManagerFactory {
        private final KeyManager manager;

        Keys(Supplier<ServerCertificate> certificate) {
            this.manager = new ReloadingKeyManager(certificate);
        }

        @Override
        protected void engineInit(@Nullable KeyStore store, char @Nullable [] password) {}

        @Override
        protected void engineInit(ManagerFactoryParameters parameters) {}

        @Override
        protected KeyManager[] engineGetKeyManagers() {
            return new KeyManager[] {manager};
        }
    }
}
