package io.osmj.xds.serve;

import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;

/** TLS of the server. */
final class ServerTls {
    private ServerTls() {}

    /** @throws IllegalArgumentException if TLS cannot be set up */
    static SslContext context(Supplier<ServerCertificate> certificate) {
        SslContextBuilder tls = SslContextBuilder.forServer(new ReloadingKeyManager(certificate));
        try {
            return GrpcSslContexts.configure(tls, SslProvider.JDK)
                    .protocols("TLSv1.3", "TLSv1.2")
                    .build();
        } catch (SSLException e) {
            throw new IllegalArgumentException("TLS cannot be set up with the server's certificate", e);
        }
    }
}
