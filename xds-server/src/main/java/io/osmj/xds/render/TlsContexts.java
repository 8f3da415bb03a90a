package io.osmj.xds.render;

import com.google.protobuf.Any;
import com.google.protobuf.BoolValue;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.core.v3.TransportSocket;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CertificateValidationContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CommonTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CommonTlsContext.CombinedCertificateValidationContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SdsSecretConfig;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SubjectAltNameMatcher;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.TlsParameters;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext;
import io.osmj.core.identity.SpiffeId;
import io.osmj.core.settings.SidecarSettings;
import io.osmj.core.settings.TlsVersion;
import java.util.List;

/**
 * mTLS between sidecars. There is one certificate and one trusted root for all clusters; whom a cluster trusts is a list of
 * names in the cluster. (A root secret for every cluster was 46 % of what OSM sent.)
 */
final class TlsContexts {
    /** Nobody has this name, so a list of it accepts nobody; an empty list would accept everybody. */
    private static final String NOBODY = "spiffe://nobody.invalid/";

    private final TlsParameters parameters;

    TlsContexts(SidecarSettings.Tls tls) {
        this.parameters = TlsParameters.newBuilder()
                .setTlsMinimumProtocolVersion(version(tls.minimum()))
                .setTlsMaximumProtocolVersion(version(tls.maximum()))
                .addAllCipherSuites(tls.cipherSuites())
                .addAllEcdhCurves(tls.ecdhCurves())
                .build();
    }

    /** The server side, which accepts any certificate of the mesh; the grants decide afterwards. */
    TransportSocket downstream() {
        return downstream(trustingAnybody());
    }

    /**
     * The same for an HTTP port. For a sidecar no application protocol is chosen, on purpose: were {@code osm} selected, the
     * connection manager could not tell HTTP/2 from HTTP/1.
     */
    TransportSocket downstreamHttp() {
        return downstream(trustingAnybody().addAlpnProtocols(Names.HTTP2));
    }

    /**
     * The server side for callers from outside the mesh. A certificate that is shown has to be one of the mesh, asked for or not, for
     * the grants believe what it says. Who offers HTTP/2 and HTTP/1 gets the latter: what is chosen goes all the way, and more
     * applications know it.
     *
     * @param certificate whether a caller has to show one
     */
    TransportSocket downstreamIngress(boolean certificate) {
        return downstream(trustingAnybody().addAlpnProtocols("http/1.1").addAlpnProtocols(Names.HTTP2), certificate);
    }

    private CommonTlsContext.Builder trustingAnybody() {
        return common().setValidationContextSdsSecretConfig(secret(Names.TRUSTED_ROOT));
    }

    /** The server side of a TCP port, where the handshake is the first chance to refuse: a server may speak first. */
    TransportSocket downstream(List<SpiffeId> accepted) {
        return downstream(common().setCombinedValidationContext(trusting(accepted)));
    }

    private static TransportSocket downstream(CommonTlsContext.Builder common) {
        return downstream(common, true);
    }

    private static TransportSocket downstream(CommonTlsContext.Builder common, boolean certificate) {
        return socket(DownstreamTlsContext.newBuilder()
                .setCommonTlsContext(common)
                .setRequireClientCertificate(BoolValue.of(certificate))
                // A resumed session would outlive its certificate and the root it was checked with.
                .setDisableStatelessSessionResumption(true)
                .setDisableStatefulSessionResumption(true)
                .build());
    }

    /** The client side, which accepts these names only. */
    TransportSocket upstream(String serverName, List<SpiffeId> accepted) {
        return socket(UpstreamTlsContext.newBuilder()
                .setSni(serverName)
                .setCommonTlsContext(
                        common().addAlpnProtocols(Names.ALPN).setCombinedValidationContext(trusting(accepted)))
                .build());
    }

    private CommonTlsContext.Builder common() {
        return CommonTlsContext.newBuilder()
                .setTlsParams(parameters)
                .addTlsCertificateSdsSecretConfigs(secret(Names.SERVICE_CERTIFICATE));
    }

    private static CombinedCertificateValidationContext trusting(List<SpiffeId> accepted) {
        CertificateValidationContext.Builder names = CertificateValidationContext.newBuilder();
        if (accepted.isEmpty()) {
            names.addMatchTypedSubjectAltNames(uri(NOBODY));
        }
        accepted.forEach(id -> names.addMatchTypedSubjectAltNames(uri(id.uri())));
        return CombinedCertificateValidationContext.newBuilder()
                .setDefaultValidationContext(names)
                .setValidationContextSdsSecretConfig(secret(Names.TRUSTED_ROOT))
                .build();
    }

    private static SubjectAltNameMatcher uri(String uri) {
        return SubjectAltNameMatcher.newBuilder()
                .setSanType(SubjectAltNameMatcher.SanType.URI)
                .setMatcher(Proto.exactly(uri))
                .build();
    }

    private static SdsSecretConfig secret(String name) {
        return SdsSecretConfig.newBuilder()
                .setName(name)
                .setSdsConfig(Proto.ADS)
                .build();
    }

    private static TransportSocket socket(Message context) {
        return TransportSocket.newBuilder()
                .setName("envoy.transport_sockets.tls")
                .setTypedConfig(Any.pack(context))
                .build();
    }

    private static TlsParameters.TlsProtocol version(TlsVersion version) {
        return switch (version) {
            case TLS_AUTO -> TlsParameters.TlsProtocol.TLS_AUTO;
            case TLSv1_0 -> TlsParameters.TlsProtocol.TLSv1_0;
            case TLSv1_1 -> TlsParameters.TlsProtocol.TLSv1_1;
            case TLSv1_2 -> TlsParameters.TlsProtocol.TLSv1_2;
            case TLSv1_3 -> TlsParameters.TlsProtocol.TLSv1_3;
        };
    }
}
