package io.osmj.xds.render;

import com.google.protobuf.ByteString;
import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CertificateValidationContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.TlsCertificate;
import io.osmj.xds.resource.EnvoyResource;
import io.osmj.xds.resource.ResourceType;

/** The two secrets every proxy has: its own certificate, and the roots it trusts. */
public final class SecretRenderer {
    private SecretRenderer() {}

    /**
     * The workload's own certificate.
     *
     * @param chainPem the leaf first, then any intermediates
     * @param keyPem the private key as PKCS#8; BoringSSL refuses other forms of EC keys
     */
    public static EnvoyResource certificate(String chainPem, String keyPem) {
        return EnvoyResource.of(
                ResourceType.SECRET,
                Names.SERVICE_CERTIFICATE,
                Secret.newBuilder()
                        .setName(Names.SERVICE_CERTIFICATE)
                        .setTlsCertificate(TlsCertificate.newBuilder()
                                .setCertificateChain(inline(chainPem))
                                .setPrivateKey(inline(keyPem)))
                        .build());
    }

    /**
     * The roots that peers' certificates must lead to.
     *
     * @param rootsPem one or more certificates
     */
    public static EnvoyResource roots(String rootsPem) {
        return EnvoyResource.of(
                ResourceType.SECRET,
                Names.TRUSTED_ROOT,
                Secret.newBuilder()
                        .setName(Names.TRUSTED_ROOT)
                        .setValidationContext(
                                CertificateValidationContext.newBuilder().setTrustedCa(inline(rootsPem)))
                        .build());
    }

    private static DataSource inline(String pem) {
        return DataSource.newBuilder()
                .setInlineBytes(ByteString.copyFromUtf8(pem))
                .build();
    }
}
